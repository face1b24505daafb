"""Questions and acts: off the screen, the last one counts, errors are sentences."""

from threading import Event

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from guanhu.domain.errors import Refused
from guanhu.store import acts
from guanhu.store.book import Book, Receipt
from guanhu.tests.tui.desks import TODAY, desk_app, drive, lines, settled
from guanhu.tui.asking import Asking, new_command, told
from guanhu.tui.ground import Ground


class Asker(Screen[None], Asking):
    """Asks and keeps the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.failures: list[Exception] = []

    def compose(self) -> ComposeResult:
        yield Static("here")


def customers(ground: Ground) -> int:
    """A question."""
    count: int = ground.cursor.execute("SELECT count(*) FROM customer").fetchone()[0]
    return count


def refuse(_: object) -> object:
    """What a rule forbids."""
    raise Refused("reason_missing")


def fail(_: object) -> object:
    """What a programmer got wrong."""
    raise ZeroDivisionError("[red]\x1b")


def test_an_answer_comes_back_on_the_screen(book: Book) -> None:
    screen = Asker()

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("count", customers, screen.answers.append)
        screen.ask("names", lambda ground: ground.names.staff("S1"), screen.answers.append)
        await settled(pilot)
        assert sorted(map(str, screen.answers)) == ["4", "王芳"]

    drive(desk_app(lambda: screen, book), steps)


def test_only_the_last_question_of_a_group_is_answered(book: Book) -> None:
    screen, wait = Asker(), Event()

    def slow(_ground: Ground) -> str:
        wait.wait(5)
        return "late"

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("card", slow, screen.answers.append)
        screen.ask("card", customers, screen.answers.append)
        await pilot.pause(0.05)
        wait.set()
        await settled(pilot)
        assert screen.answers == [4]

    drive(desk_app(lambda: screen, book), steps)


def test_a_question_that_waits_is_replaced_before_it_is_asked(book: Book) -> None:
    screen = Asker()
    asked: list[int] = []

    async def steps(pilot: Pilot[None]) -> None:
        for n in range(20):
            screen.ask("card", lambda _ground, n=n: asked.append(n), screen.answers.append, delay=0.03)  # type: ignore[misc]
        await settled(pilot, 0.1)
        assert asked == [19]

    drive(desk_app(lambda: screen, book), steps)


def test_refusals_are_sentences_and_faults_are_told_without_ending_the_program(book: Book) -> None:
    screen = Asker()

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("a", refuse, screen.answers.append)
        screen.do(fail, screen.answers.append)
        await settled(pilot)
        said = {notice.message for notice in pilot.app._notifications}
        assert "A reason must be given." in said
        assert any("ZeroDivisionError: [red]\ufffd" in words for words in said)
        assert screen.answers == []
        assert "here" in lines(pilot.app)[0]

    drive(desk_app(lambda: screen, book), steps)


def test_who_handles_a_failure_gets_it_alone(book: Book) -> None:
    screen = Asker()

    async def steps(pilot: Pilot[None]) -> None:
        screen.do(refuse, screen.answers.append, failed=screen.failures.append)
        await settled(pilot)
        assert [told(error) for error in screen.failures] == ["A reason must be given."]
        assert not list(pilot.app._notifications)

    drive(desk_app(lambda: screen, book), steps)


def test_an_act_is_done_once_said_and_can_be_undone(book: Book) -> None:
    screen, command = Asker(), new_command()

    def call(book: Book) -> Receipt:
        return acts.log_contact(book, "C1", "phone", "reached_success", TODAY, by="S1", command=command)

    async def steps(pilot: Pilot[None]) -> None:
        desk = pilot.app
        for _ in range(2):
            screen.do(call, screen.answers.append, said="Logged.", undo=lambda _book: None)
        await settled(pilot)
        first, second = screen.answers
        assert isinstance(first, Receipt)
        assert isinstance(second, Receipt)
        assert {first.repeated, second.repeated} == {False, True}
        assert first.positions == second.positions
        assert desk.last_act[0] == "Logged."  # type: ignore[attr-defined]
        assert desk.version >= 2  # type: ignore[attr-defined]

    drive(desk_app(lambda: screen, book), steps)


def test_a_book_without_a_scheme_says_what_it_lacks(book: Book) -> None:
    screen = Asker()
    with book.recorder.writing() as cursor:
        cursor.execute("DELETE FROM scheme")

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("a", customers, screen.answers.append, failed=screen.failures.append)
        await settled(pilot)
        assert [error.code for error in screen.failures if isinstance(error, Refused)] == ["no_scheme"]

    drive(desk_app(lambda: screen, book), steps)
