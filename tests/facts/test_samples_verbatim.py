"""The three sample registers say what the councils printed: nothing lost, nothing invented.

The first half holds the samples against facts that were read off the printed documents and
written down here by hand; it always runs.  The second half holds them against the text of the
documents themselves, word by word, where that text lies beside the repository::

    words of the source  =  words of the sample  +  headings listed here by hand

The numbers after "a" in the names of tests count the facts about the documents' arithmetic.
Whether a sample is valid, and what riskbook computes from it, is tested elsewhere.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from tests.support import ROOT, SEEDS

SAMPLES = ROOT / "riskbook" / "samples"
NAMES = ("dacorum-2021", "dacorum-2017", "blackpool-2021")
DACORUM = ("dacorum-2021", "dacorum-2017")
STAGES = ("gross", "nett")

RATINGS = "gross_likelihood gross_impact nett_likelihood nett_impact"
KEYS = {  # every entry that a row may have, in order
    "dacorum-2021": "ref title service owner member "
    f"{RATINGS} update consequences controls assurance scores",
    "dacorum-2017": "ref title service category priority owner member treatment "
    f"{RATINGS} consequences controls assurance sign_off update scores",
    "blackpool-2021": "ref title sub_ref sub_title weight consequences opportunities "
    "gross_impact gross_likelihood controls nett_impact nett_likelihood owner priority "
    "prior_gross prior_nett scores",
    "actions": "ref risk text manager owner original_due revised_due position outcomes",
}
MONTHS = "April 2021, June 2021, September 2021, March 2022, April 2022, April 2023"

# profile; council, title, period, last day
IDENTITIES = """
    operational-4x4 | Dacorum Borough Council | Quarter 1 Operational Risk Report \
    | Jun-2021 | 2021-06-30
    operational-4x4-signoff | Dacorum Borough Council | Performance and Projects - Robert Smyth \
    | Q1 2017/18 | 2017-06-30
    strategic-weighted-5x5 | Blackpool Council | Strategic Risk: Service Failure \
    | 2021/22 Q2 | 2021-10-31
"""
# Both years print the same numbers: probability, impact, score, RAG; before and after controls.
DACORUM_SCORES = """
    PP_R011  3 4 12 Red    2 4 8 Amber
    PP_R012  3 4 12 Red    2 4 8 Amber
    PP_R014  3 4 12 Red    2 4 8 Amber
    PP_R015  2 4  8 Amber  1 4 4 Green
    PP_R016  3 4 12 Red    2 4 8 Amber
    PP_R017  3 4 12 Red    2 4 8 Amber
    PP_R018  3 4 12 Red    2 4 8 Amber
    PP_R04   3 4 12 Red    2 4 8 Amber
"""
# how many lines in consequences, controls, assurance and update; first 2021, then 2017
DACORUM_LINES = """
    PP_R011   6  3 4 2   6  3 6 2
    PP_R012   4  4 3 1   4  4 4 2
    PP_R014   9  6 3 0  10  7 3 4
    PP_R015   4  7 2 0   4  5 5 2
    PP_R016   4  5 2 0   4  5 3 1
    PP_R017   4  5 4 0   5  7 4 2
    PP_R018   4 15 5 3   4 12 5 1
    PP_R04    4 11 6 2   4 11 5 1
"""
CATEGORIES = """
    PP_R011 | Reputational
    PP_R012 | Reputational
    PP_R014 | Organisational/Management
    PP_R015 | Service Delivery
    PP_R016 | Service Delivery
    PP_R017 | Service Delivery
    PP_R018 | Technical/Operational
    PP_R04  | Reputational
"""
# weight; likelihood, impact, score before and after controls; the scores of the year before;
# how many consequences, opportunities, controls, actions
BLACKPOOL_SCORES = """
    2a  40%  5 5 25  4 5 20  25 20  4 1  4 4
    2b  15%  5 5 25  3 5 15  25 15  5 2  6 2
    2c  15%  5 5 25  3 5 15  25 15  2 1  8 6
    2d  30%  5 5 25  4 5 20  25 20  5 3 12 2
"""
OWNERS = """
    2a | Director of Children's Services, Chief Executive
    2b | Director of Community & Environmental Services, Director of Resources
    2c | Director of Resources, Chief Executive, Director of Community & Environmental Services
    2d | Director of Resources
"""
# manager; owner; due
ACTIONS = """
    2a.1 | Assistant Director of Children's Social Care \
         | Director of Children's Services | March 2022
    2a.2 | Assistant Director of Children's Social Care \
         | Director of Children's Services | March 2022
    2a.3 | Head of Organisational and Workforce Development | Chief Executive | June 2021
    2a.4 | Head of Organisational and Workforce Development | Chief Executive | April 2021
    2b.1 | Head of Waste Policy & Partnerships \
         | Director of Community and Environmental Services | September 2021, March 2022
    2b.2 | Head of Procurement | Director of Resources | March 2022
    2c.1 | Head of ICT Services | Director of Resources | March 2022
    2c.2 | Head of Organisational and Workforce Development / Head of Accountancy \
         | Chief Executive / Director of Resources | April 2022
    2c.3 | Head of Accountancy | Director of Resources | April 2023
    2c.4 | Head of Audit and Risk | Director of Resource | September 2021, March 2022
    2c.5 | Head of Waste Policy & Partnerships \
         | Director of Community and Environmental Services | September 2021
    2c.6 | Head of Property Services / Head of ICT | Director of Resources | June 2021, March 2022
    2d.1 | Head of ICT Services | Director of Resources | March 2022
    2d.2 | Head of ICT Services | Director of Resources | March 2022
"""
PROGRESS = """
    Directorate                        | Complete | In Progress | Yet to Start
    Adult Services                     |  83% | 17% |   0%
    Chief Executives                   |  67% | 33% |   0%
    Children's Services                |   0% |  0% | 100%
    Communications and Regeneration    |  79% |  0% |  21%
    Community & Environmental Services |  73% |  0% |  27%
    Governance & Partnerships          | 100% |  0% |   0%
    Public Health                      | 100% |  0% |   0%
    Resources                          |  17% | 33% |  50%
"""
# Where the register words it otherwise than the deep dive, which the sample follows.
REGISTER_WORDS = {
    "member for Children's Services, and Leader": "member for Children's Services and Leader",
    "are currently producing, which": "are currently producing which",
    "a non-landfill solution for": "a non- landfill solution for",
}
REGISTER_MANAGERS = {
    "2b.1": "Head of Waste and Environmental Operations",
    "2c.2": "Head of Organisational and Workforce Development / Chief Accountant",
    "2c.3": "Chief Accountant",
    "2c.5": "Head of Waste and Environmental Operations",
}


def sample(name: str) -> dict[str, Any]:
    """Read one sample register."""
    document: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return document


def rows(table: str) -> list[list[str]]:
    """Read a table written as above: one row a line, its words or its cells between bars."""
    lines = table.strip().splitlines()
    return [
        [cell.strip() for cell in line.split("|")] if "|" in line else line.split()
        for line in lines
    ]


def bullets(text: str) -> int:
    """Count the bullets of an entry that has nothing but bullets."""
    lines = text.split("\n")
    assert all(line.startswith("- ") for line in lines)
    return len(lines)


def score(risk: dict[str, Any], stage: str) -> list[str]:
    """Put the likelihood, impact, points and band of a stage in words."""
    return [str(value) for value in risk["scores"][stage].values()]


def rating(risk: dict[str, Any]) -> list[int]:
    """Read the four levels as they would be typed."""
    return [risk[key] for key in RATINGS.split()]


def owners(action: dict[str, Any]) -> list[str]:
    """List the posts that own an action, one spelling each."""
    whole = re.sub(r"Director of Resource\b", "Director of Resources", action["owner"])
    return whole.replace("Community and", "Community &").split(" / ")


# -- what always holds -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_plain_json_with_no_blank_entry(name: str) -> None:
    document = sample(name)

    written = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    assert (SAMPLES / f"{name}.json").read_text("utf-8") == written
    entries = [document["about"], *document["risks"], *document.get("actions", [])]
    values = [value for entry in entries for value in entry.values()]
    assert all(value not in ("", None, []) for value in values)
    texts = [value for value in values if isinstance(value, str)]
    assert not [text for text in texts if any(line != line.strip() for line in text.split("\n"))]


@pytest.mark.parametrize("name", NAMES)
def test_the_entries_stand_in_the_agreed_order(name: str) -> None:
    document = sample(name)

    for kind, entries in ((name, document["risks"]), ("actions", document.get("actions", []))):
        for entry in entries:
            assert list(entry) == [key for key in KEYS[kind].split() if key in entry]
    wanted = {key for key in KEYS[name].split() if key != "update"}
    assert all(wanted <= set(risk) for risk in document["risks"])


def test_a_sample_says_what_it_is() -> None:
    printed = []
    for name in NAMES:
        document = sample(name)
        about = [document["about"][key] for key in ("organisation", "title", "period", "as_at")]
        printed.append([document["profile"], *about])
        assert document["format"] == "riskbook-register/1"
    assert printed == rows(IDENTITIES)


@pytest.mark.parametrize("name", DACORUM)
def test_a1_to_a3_dacorum_prints_these_numbers(name: str) -> None:
    risks = sample(name)["risks"]

    printed = [[risk["ref"], *score(risk, "gross"), *score(risk, "nett")] for risk in risks]
    assert printed == rows(DACORUM_SCORES)
    typed = [[int(row[i]) for i in (1, 2, 5, 6)] for row in rows(DACORUM_SCORES)]
    assert [rating(risk) for risk in risks] == typed


@pytest.mark.parametrize("name", DACORUM)
def test_a4_to_a6_dacorum_sums_and_counts(name: str) -> None:
    risks = sample(name)["risks"]

    totals = [sum(risk["scores"][stage]["points"] for risk in risks) for stage in STAGES]
    assert totals == [92, 60]
    bands = Counter((stage, risk["scores"][stage]["band"]) for risk in risks for stage in STAGES)
    assert bands == {
        ("gross", "Red"): 7,
        ("gross", "Amber"): 1,
        ("nett", "Amber"): 7,
        ("nett", "Green"): 1,
    }
    assert {(risk["gross_impact"], risk["nett_impact"]) for risk in risks} == {(4, 4)}


def test_dacorum_prints_so_many_paragraphs_and_bullets() -> None:
    counted = []
    for pair in zip(*(sample(name)["risks"] for name in DACORUM), strict=True):
        texts = [
            risk.get(key, "")
            for risk in pair
            for key in ("consequences", "controls", "assurance", "update")
        ]
        lines = [sum(bool(line) for line in text.split("\n")) for text in texts]
        counted.append([pair[0]["ref"], *map(str, lines)])
    assert counted == rows(DACORUM_LINES)


def test_a24_half_of_the_updates_of_2021_are_blank() -> None:
    risks = sample("dacorum-2021")["risks"]

    blank = [risk["ref"] for risk in risks if "update" not in risk]
    assert blank == ["PP_R014", "PP_R015", "PP_R016", "PP_R017"]
    assert all("update" in risk for risk in sample("dacorum-2017")["risks"])


def test_dacorum_2017_categories_and_constants() -> None:
    risks = sample("dacorum-2017")["risks"]

    assert [[risk["ref"], risk["category"]] for risk in risks] == rows(CATEGORIES)
    same = ("service", "priority", "owner", "member", "treatment", "sign_off")
    (constants,) = {" | ".join(risk[key] for key in same) for risk in risks}
    assert constants == (
        "Performance and Projects | Dacorum Delivers | Robert Smyth | Neil Harden"
        " | Treating | Sign Off Complete"
    )


def test_two_titles_changed_between_2017_and_2021() -> None:
    old, new = (
        {risk["ref"]: risk["title"] for risk in sample(name)["risks"]} for name in reversed(DACORUM)
    )

    assert [ref for ref in old if old[ref] != new[ref]] == ["PP_R011", "PP_R017"]
    people = {(risk["owner"], risk["member"]) for risk in sample("dacorum-2021")["risks"]}
    assert people == {("Linda Roberts", "Andrew Williams")}


@pytest.mark.parametrize(
    ("name", "ref", "field", "printed"),
    [
        row.split(" | ")
        for row in (
            "dacorum-2021 | PP_R011 | update | Q4 has seen continued",
            'dacorum-2021 | PP_R012 | update | existing "Rocket" application',
            "dacorum-2021 | PP_R016 | controls | We have hold employee relation meetings",
            "dacorum-2021 | PP_R017 | controls | managing in Dacorom programme",
            "dacorum-2021 | PP_R018 | update | Creation of the the Council's",
            "dacorum-2021 | PP_R018 | controls | We have an Digital Technology",
            "dacorum-2021 | PP_R04 | assurance | Assurance\n\n- KPI's - ICT01 - % of",
            "dacorum-2017 | PP_R011 | consequences | the internet regulary and",
            "dacorum-2017 | PP_R011 | update | \N{LEFT SINGLE QUOTATION MARK}personalised",
            "dacorum-2017 | PP_R012 | assurance | policy,procedure and system",
            "dacorum-2017 | PP_R012 | update | Team have  provided over 40",
            "dacorum-2017 | PP_R014 | update | Community Contracts:\n\nThe community",
            "dacorum-2017 | PP_R014 | update | The procurment process",
            "dacorum-2017 | PP_R017 | consequences | a likelehood that",
            "dacorum-2017 | PP_R017 | controls | in a modern and effecient way.\n\nThe Manging in",
            "dacorum-2017 | PP_R018 | controls | - infastructure\n- special projects",
            "dacorum-2017 | PP_R018 | controls | an established staffing compliment",
            "dacorum-2017 | PP_R04 | controls | \n\nTechnical Controls -\n\nThe Council",
            "dacorum-2017 | PP_R04 | assurance | Assurance\n\n- KPI's -  ICT01 - % of",
            "blackpool-2021 | 2a | consequences | - and financial control.\n- Increased",
            "blackpool-2021 | 2d | controls | - SEIM (Security Information Event",
            "blackpool-2021 | 2d.1 | text | provide proactive altering and",
            "blackpool-2021 | 2b.1 | position | A member-lead task-and-finish",
            "blackpool-2021 | 2c.6 | position | opportunities to active further savings",
        )
    ],
)
def test_slips_of_the_pen_are_kept(name: str, ref: str, field: str, printed: str) -> None:
    document = sample(name)

    entries = [*document["risks"], *document.get("actions", [])]
    named = {entry.get("sub_ref", entry["ref"]): entry for entry in entries}
    assert printed in named[ref][field]


def test_a9_to_a16_blackpool_prints_these_numbers() -> None:
    document = sample("blackpool-2021")

    printed = []
    for risk in document["risks"]:
        (*gross, high), (*nett, _) = score(risk, "gross"), score(risk, "nett")
        priors = [str(risk["prior_gross"]), str(risk["prior_nett"])]
        texts = (risk["consequences"], risk["opportunities"], risk["controls"])
        actions = [action for action in document["actions"] if action["risk"] == risk["sub_ref"]]
        counts = [*map(bullets, texts), len(actions)]
        assert (risk["ref"], risk["title"], high) == ("2", "Service Failure", "High")
        printed.append([risk["sub_ref"], risk["weight"], *gross, *nett, *priors, *map(str, counts)])
    assert printed == rows(BLACKPOOL_SCORES)
    typed = [[int(row[i]) for i in (2, 3, 5, 6)] for row in rows(BLACKPOOL_SCORES)]
    assert [rating(risk) for risk in document["risks"]] == typed
    assert {risk["priority"] for risk in document["risks"]} == {"Organisational Resilience"}
    assert document["overall"] == {
        "2": {"gross": {"points": 25, "band": "High"}, "nett": {"points": 18.5, "band": "High"}}
    }


def test_blackpool_has_fourteen_actions_and_no_status() -> None:
    actions = sample("blackpool-2021")["actions"]

    printed = []
    for action in actions:
        dues = [action[key] for key in ("original_due", "revised_due") if key in action]
        printed.append([action["ref"], action["manager"], action["owner"], ", ".join(dues)])
    assert printed == rows(ACTIONS)
    assert all(action["risk"] == action["ref"].split(".")[0] for action in actions)


@pytest.mark.parametrize(("sub_ref", "printed"), rows(OWNERS))
def test_a17_the_owners_of_a_sub_risk_own_its_actions(sub_ref: str, printed: str) -> None:
    document = sample("blackpool-2021")

    (risk,) = (risk for risk in document["risks"] if risk["sub_ref"] == sub_ref)
    actions = [action for action in document["actions"] if action["risk"] == sub_ref]
    assert risk["owner"] == printed
    first_named = dict.fromkeys(post for action in actions for post in owners(action))
    assert list(first_named) == printed.split(", ")


def test_a19_actions_fall_due_in_these_months() -> None:
    actions = sample("blackpool-2021")["actions"]

    months = Counter(action.get("revised_due", action["original_due"]) for action in actions)
    assert [months[month] for month in MONTHS.split(", ")] == [1, 1, 1, 9, 1, 1]
    assert [a["ref"] for a in actions if "revised_due" in a] == ["2b.1", "2c.4", "2c.6"]


def test_a22_fifteen_owners_over_fourteen_actions() -> None:
    actions = sample("blackpool-2021")["actions"]

    assert Counter(post for action in actions for post in owners(action)) == {
        "Director of Resources": 8,
        "Chief Executive": 3,
        "Director of Children's Services": 2,
        "Director of Community & Environmental Services": 2,
    }


def test_a23_each_row_of_the_table_in_a_position_sums_to_a_hundred() -> None:
    (action,) = (a for a in sample("blackpool-2021")["actions"] if a["ref"] == "2c.4")

    table = action["position"].split("\n", 1)[1]
    assert rows(table) == rows(PROGRESS)
    _, *lines = rows(table)
    assert {sum(int(cell.rstrip("%")) for cell in line[1:]) for line in lines} == {100}


def test_the_notes_quote_what_the_register_words_otherwise() -> None:
    notes = "\n".join(sample("blackpool-2021")["about"]["notes"])

    quoted = [f'"{manager}"' for manager in REGISTER_MANAGERS.values()]
    assert all(quote in notes for quote in quoted)
    assert "member for Children's Services and Leader" in notes
    assert "producing which will be out" in notes
    assert "non- landfill solution" in notes


# -- what holds beside the source texts --------------------------------------------------------

# Headings and keys, as often as they are printed; the rest of each document is in its sample.
FURNITURE = {
    "dacorum-2021": "Summary Risk Score Probability Severity"
    " 1 Low Low 2 Medium Medium 3 High High 4 Severe Severe"
    " Overall Score RAG 0 - 4 Green 6 - 10 Amber 12 - 16 Red"
    " Inherent Probability Inherent Impact Inherent Risk Score"
    " Mitigated Probability Mitigated Impact Mitigated Risk Score"
    " Performance and Projects Risk Owner : Portfolio holder :"
    + 7 * " Risk Owner : Porfolio holder :"
    + 8 * " Quarterly Update Inherent Impact Inherent Probability Inherent Risk Score"
    + 8 * " Mitigated Impact Mitigated Probability Mitigated Risk Score Impact"
    + 8 * " Controls to manage the risk Evidence the risk is being managed",
    "dacorum-2017": 8 * " Category: Corporate Priority: Risk Owner: Portfolio Holder: Tolerance:"
    + 8 * " Inherent Probability Inherent Impact Inherent Risk Score"
    + 8 * " Residual Probability Residual Impact Residual Risk Score"
    + 8 * " Consequences Current Controls Assurance Sign Off and Comments"
    + 7 * " Likely Severe Unlikely Severe"
    + " Unlikely Severe Very Unlikely Severe",
    "register": 4 * " No Risk Sub No. Sub-Risk % Overall Weighting Impact / Consequences"
    + 4 * " Opportunity"
    + 4 * " Score Controls and Mitigation Score Further Actions Risk Manager CLT Risk Owner"
    + 4 * " Target Date Council Priority 2 Service Failure"
    + " Gross Risk I L GS _ Nett Ris k I L 5 4 20"  # the headings and the scores are cropped
    + " Gross Ris I L G 1 lett Ris isk L 2b 5 5 2 5 1 3 E L p e v t r"
    + " Gro oss Risk L G N lett Ri isk L 5 5 2 5 3 15"
    + 23 * " \N{CYRILLIC CAPITAL LETTER EN}"  # a rule of the table, read as letters
    + " Gross Risk I L GS Nett Risk I L N S 2d 5 5 25 5 4 20"
    + " Head of Procurement March 2022"  # printed twice
    + r" \Box Overall Nett Risk Score 18.5",
    "deep dive": 4 * " Sub-Risk: Gross Risk Score Nett Risk Score Risk Score in 2020/21 Risk Owner:"
    + 4 * " Existing Controls in Place: Actions Risk Manager Current Position Outcomes / Results"
    + " (weighting 40%) Actions.",  # printed twice in 2a; printed twice in 2d
}
# Lines that the printed page broke, as they stand in the text and as the samples mend them.
MENDED = {
    "Organisational/Managemen t": "Organisational/Management",
    "as palessons learned to date. art of a piece o f audit consulta ancy to identify": (
        "as part of a piece of audit consultancy to identify lessons learned to date."
    ),
    "t delivered Street Scene services i the fleet, staff and services have": (
        "t[…] delivered Street Scene services in to Blackpool Waste Services (ENVECO),"
        " the fleet, staff and services have been fully integrated in to a"
    ),
    "focu n to Blackpoo been fully int l Waste Service egrated in to a es (ENVECO),": "focu[…]",
    "Community & Environmental 73% 0% 27% Services 7370 070 2770": (
        "Community & Environmental Services 73% 0% 27%"
    ),
}
# Paragraphs that a page break, or a row across three columns, parts in the text.
PARTED = {
    "dacorum-2021": set[str](),
    "dacorum-2017": {
        "The customer experience will also",
        "Effective project and performance management",
        "We have a well established",
        "We have developed good working",
        "We have regular conversations with",
        "This would have serious consequences",
        "These include corporate firewalls, anti-virus",
    },
    "blackpool-2021": {
        "Loss of key infrastructure and",
        "Possible loss of capacity in",
        "Added value delivered through contracted",
        "Inability to deliver critical services.",
        "Deterioration of Council assets beyond",
        "Build a resilient and agile",
        "Improved knowledge and awareness across",
        "Participate in training and knowledge",
        "Robust cyber security controls in",
        "Loss of compliance with security",
        "Loss of confidence in using",
        "Monetary penalties / fines.",
        "A member-lead task-and-finish group has",
        "A Contract Management iPool course",
    },
}


def squash(text: str) -> str:
    """Put one blank between words and leave out bullets, bars and rules."""
    return " ".join(word for word in text.split() if not re.fullmatch(r"-+|[|•·]", word))


def replaced(text: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


def source(name: str) -> str:
    """Read the text of a printed document and mend its broken lines."""
    first_words = {
        "dacorum-2021": "Quarter 1 Operational Risk Report",
        "dacorum-2017": "Performance and Projects - Robert Smyth",
        "blackpool-2021": "Strategic Risk: Service Failure",
    }
    if not SEEDS.is_dir():
        pytest.skip("the printed documents do not lie beside this repository")
    texts = [path.read_text("utf-8").strip() for path in sorted(SEEDS.glob("*.txt"))]
    (text,) = (text for text in texts if text.startswith(first_words[name]))
    return replaced(squash(text), MENDED)


def told(entry: dict[str, Any], keys: str) -> list[str]:
    """List the texts and numbers of some entries, without the blank ones."""
    return [str(entry[key]) for key in keys.split() if key in entry]


def dacorum_2021() -> Iterable[str]:
    document = sample("dacorum-2021")
    yield from told(document["about"], "title period introduction")
    for risk in document["risks"]:
        numbers = score(risk, "gross")[:3] + score(risk, "nett")[:3]
        yield from 2 * [risk["ref"], risk["title"], risk["owner"], *numbers]
        yield from told(risk, "member update consequences controls assurance")


def dacorum_2017() -> Iterable[str]:
    document = sample("dacorum-2017")
    yield document["about"]["title"]
    for risk in document["risks"]:
        yield from score(risk, "gross") + score(risk, "nett")
        yield from told(risk, "ref title category priority owner member treatment consequences")
        yield from told(risk, "controls assurance sign_off update")


def register() -> Iterable[str]:
    document = sample("blackpool-2021")
    yield document["about"]["title"]
    for risk in document["risks"]:
        words = told(risk, "sub_title weight consequences opportunities controls priority")
        yield from (replaced(text, REGISTER_WORDS) for text in words)
    for action in document["actions"]:
        yield replaced(action["text"], REGISTER_WORDS)
        yield REGISTER_MANAGERS.get(action["ref"], action["manager"])
        yield from told(action, "owner original_due")


def deep_dive() -> Iterable[str]:
    document = sample("blackpool-2021")
    for risk in document["risks"]:
        yield f"(weighting {risk['weight']})"
        yield from (score(risk, "gross")[2], score(risk, "nett")[2])
        yield from told(risk, "sub_title prior_gross prior_nett owner controls")
    for action in document["actions"]:
        original = "Original " if action["ref"] in ("2b.1", "2c.6") else ""
        yield f"({original}Target Date: {action['original_due']})"
        if "revised_due" in action:
            yield f"(Revised Target Date: {action['revised_due']})"
        yield from told(action, "text manager position outcomes")


@pytest.mark.parametrize(
    ("name", "part", "told_by_sample"),
    [
        ("dacorum-2021", "dacorum-2021", dacorum_2021),
        ("dacorum-2017", "dacorum-2017", dacorum_2017),
        ("blackpool-2021", "register", register),
        ("blackpool-2021", "deep dive", deep_dive),
    ],
)
def test_no_word_is_lost_and_none_invented(name: str, part: str, told_by_sample: Any) -> None:
    text = source(name)
    if name == "blackpool-2021":
        table, rule, pages = text.partition("Sub-Risk: Removal")
        text = table if part == "register" else rule + pages

    printed = Counter(text.split())
    kept = Counter(squash(" ".join([*told_by_sample(), FURNITURE[part]])).split())
    assert (printed - kept, kept - printed) == (Counter(), Counter())


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_stands_in_the_source_in_one_piece(name: str) -> None:
    text = source(name)
    document = sample(name)

    entries = [*document["risks"], *document.get("actions", [])]
    skipped = {"ref", "sub_ref", "risk", "owner", "manager", "scores", "revised_due"}
    texts = [v for e in entries for k, v in e.items() if k not in skipped and isinstance(v, str)]
    paragraphs = {squash(line) for entry in texts for line in entry.split("\n") if line}
    parted = {" ".join(line.split()[:5]) for line in paragraphs if line not in text}
    assert parted == PARTED[name]
