"""The configured sides, looked up once a configuration."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.conflicts.sides import called, names, within
from config.schema import Side

IDS = ("harbour", "state", "union", "league", "port")


def _walked(part: str, whole: str, sides: tuple[Side, ...]) -> bool:
    """As the definition says it: step by step, each larger side in turn."""
    seen: set[str] = set()
    todo = [part]
    while todo:
        at = todo.pop()
        larger = next((side.within for side in sides if side.id == at), ())
        todo += [one for one in larger if one not in seen]
        seen.update(larger)
    return whole in seen


@given(
    st.lists(
        st.builds(
            Side, id=st.sampled_from(IDS), name=st.just("A side"), within=st.lists(st.sampled_from(IDS)).map(tuple)
        ),
        max_size=8,
    ).map(tuple),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
)
def test_a_side_is_within_another_exactly_when_larger_ones_lead_there(sides, part, whole):
    assert _walked(part, whole, sides) == within(part, whole, sides)


def test_a_new_configuration_is_read_anew():
    old = (Side(id="port", name="Port Office", within=("state",)), Side(id="state", name="Norrland"))
    new = (Side(id="port", name="Port Office", adjectives=("Portish",)), Side(id="state", name="Norrland"))
    assert [within("port", "state", old), within("port", "state", new)] == [True, False]
    assert names("port", new) == ("Port Office", "Portish")
    assert names("nobody", new) == names(None, new) == ()
    assert called(new) == {"port office", "portish", "norrland"}
