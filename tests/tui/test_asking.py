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
from guanhu.tui.questions import THREADS

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000000) SELECT count(*) FROM n"
"""A question of many seconds."""


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


def test_a_question_that_was_left_gives_way(book: Book) -> None:
    screen, ended = Asker(), list[str]()

    def long(ground: Ground) -> object:
        try:
            return ground.cursor.execute(LONG).fetchone()
        except Exception as error:
            ended.append(str(error))
            raise

    async def steps(pilot: Pilot[None]) -> None:
        for _ in range(THREADS + 2):
            screen.ask("card", long, screen.answers.append)
            await pilot.pause(0.02)
        screen.give_up("card")
        screen.ask("count", customers, screen.answers.append)
        await settled(pilot)
        assert screen.answers == [4]
        assert set(ended) == {"interrupted"}
        assert not list(pilot.app._notifications), "nobody waits for it, nothing is told"

    drive(desk_app(lambda: screen, book), steps)


def test_who_quits_does_not_wait_for_a_question(book: Book) -> None:
    screen, ended = Asker(), list[str]()

    def long(ground: Ground) -> object:
        try:
            return ground.cursor.execute(LONG).fetchone()
        except Exception as error:
            ended.append(str(error))
            raise

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("card", long, screen.answers.append)
        await pilot.pause(0.02)

    drive(desk_app(lambda: screen, book), steps)
    assert ended == ["interrupted"], "it has ended before the book is closed"


def test_an_act_does_not_wait_for_questions(book: Book) -> None:
    screen, wait = Asker(), Event()

    async def steps(pilot: Pilot[None]) -> None:
        for n in range(THREADS + 2):
            screen.ask(f"slow {n}", lambda _ground: wait.wait(5), lambda _answer: None)
        screen.do(lambda _book: "done", screen.answers.append)
        for _ in range(200):
            if screen.answers:
                break
            await pilot.pause(0.01)
        assert screen.answers == ["done"]
        wait.set()
        await settled(pilot)

    drive(desk_app(lambda: screen, book), steps)


def test_a_question_that_was_given_up_is_not_answered(book: Book) -> None:
    screen = Asker()

    async def steps(pilot: Pilot[None]) -> None:
        screen.ask("card", customers, screen.answers.append, delay=0.01)
        screen.give_up("card")
        screen.ask("other", customers, screen.answers.append)
        screen.give_up("other")
        await settled(pilot, 0.05)
        assert screen.answers == []

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
