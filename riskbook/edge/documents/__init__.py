"""JSON documents: profiles, registers, and the schemas that say what they may hold."""
