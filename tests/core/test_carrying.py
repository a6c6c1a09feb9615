"""What the next period begins with: every entry but the updates of the risks."""

from typing import Any

from riskbook.core.document import carried_over
from tests.support import looked, sample


def without(rows: list[dict[str, Any]], *fields: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in row if name not in fields} for row in rows]


def test_the_updates_are_cleared_and_counted() -> None:
    document = sample("dacorum-2021")

    found, cleared = carried_over(looked(document).document(), "2021/22 Q2", "2021-09-30")

    assert cleared == 4
    assert found["risks"] == without(document["risks"], "update", "scores")
    assert "actions" not in found
    assert "findings" not in found


def test_actions_stay_with_their_positions() -> None:
    document = sample("blackpool-2021")

    found, cleared = carried_over(looked(document).document(), "2021/22 Q3", "2021-12-31")

    assert cleared == 0
    assert found["actions"] == document["actions"]
    assert len(found["actions"]) == 14
    assert all(action["position"] for action in found["actions"])


def test_about_keeps_all_but_the_period_and_the_day() -> None:
    document = sample("dacorum-2017")

    found, _ = carried_over(looked(document).document(), "Q2 2017/18", "")

    about = dict(document["about"])
    del about["as_at"]
    assert found["about"] == {**about, "period": "Q2 2017/18"}
