"""All written answers as pages: by theme, by search, readable without chatting or JavaScript."""

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.addresses import address_of
from accueil.channels.limits import ChatLimits, TooManyRequests
from accueil.core.clock import day_in_france
from accueil.core.safety import NumberCard, SafetyReply
from accueil.web.answer_metadata import answer_data, breadcrumbs, json_ld, robots, sitemap
from accueil.web.answer_view import HOME, theme_title, themes_of, titles_of, view_of
from accueil.web.forms import text_fields
from accueil.web.pages import page, render
from accueil.web.public_page import public_response

LONGEST_QUERY = 200
_LONGEST_READ = 1_000
"""Characters read for danger: the field takes 200, and reading much more is slow."""
_NUMBERS = ("3114", "15", "112", "114")


class AnswerPages:
    """The pages under ``/reponses``. What somebody searches is neither kept nor in an address."""

    def __init__(self, application: Application, limits: ChatLimits) -> None:
        self._app = application
        self._limits = limits
        self._url = application.settings.public_url

    async def themes(self, request: Request) -> Response:
        """Show the themes, their questions and the search field."""
        body = await run_in_threadpool(self._themes_page)
        return public_response(request, body)

    async def search(self, request: Request) -> Response:
        """Show the answers that fit; help first when the words speak of danger."""
        try:
            self._limits.search(address_of(request))
            is_limited = False
        except TooManyRequests:
            is_limited = True
        typed = (await text_fields(request)).get("recherche", "").strip()
        return await run_in_threadpool(self._results, typed, is_limited)

    async def theme(self, request: Request) -> Response:
        """Show the questions of one theme."""
        body = await run_in_threadpool(self._theme_page, request.path_params["theme"])
        return public_response(request, body) if body else self._unknown()

    async def answer(self, request: Request) -> Response:
        """Show one answer."""
        key = f"{request.path_params['theme']}/{request.path_params['fiche']}"
        body = await run_in_threadpool(self._answer_page, key)
        return public_response(request, body) if body else self._unknown()

    async def sitemap(self, request: Request) -> Response:
        """Give search engines the list of pages."""
        body = await run_in_threadpool(self._sitemap)
        return public_response(request, body, "application/xml")

    async def robots(self, request: Request) -> Response:
        """Tell robots what to leave alone."""
        return public_response(request, robots(self._url), "text/plain")

    def _themes_page(self) -> str:
        themes = themes_of(self._app.answers)
        return render(
            "answers/themes.html",
            themes=[(code, theme_title(code), len(ones)) for code, ones in themes.items()],
            canonical=f"{self._url}{HOME}",
            count=sum(map(len, themes.values())),
            numbers=self._numbers(),
        )

    def _theme_page(self, code: str) -> str:
        answers = themes_of(self._app.answers).get(code)
        if answers is None:
            return ""
        title, path = theme_title(code), f"{HOME}/{code}"
        trail = (("Toutes les réponses", HOME), (title, path))
        return render(
            "answers/theme.html",
            title=title,
            views=[view_of(one, self._today(), {}) for one in answers],
            canonical=f"{self._url}{path}",
            data=json_ld([breadcrumbs(trail, self._url)]),
            numbers=self._numbers(),
        )

    def _answer_page(self, key: str) -> str:
        answer = self._app.answer(key)
        if answer is None:
            return ""
        view = view_of(answer, self._today(), titles_of(self._app.answers))
        return render(
            "answers/answer.html",
            view=view,
            canonical=f"{self._url}{view.path}",
            data=json_ld(answer_data(view, self._url)),
            numbers=self._numbers(),
        )

    def _results(self, typed: str, is_limited: bool) -> Response:
        query = typed[:LONGEST_QUERY]
        help_first = self._help(typed[:_LONGEST_READ])
        is_asked = bool(query) and not (help_first or is_limited)
        keys = self._app.answer_search.find(query) if is_asked else ()
        found = [self._app.answer(key) for key in keys]
        return page(
            "answers/results.html",
            429 if is_limited else 200,
            {"Retry-After": "60"} if is_limited else None,
            views=[view_of(one, self._today(), {}) for one in found if one is not None],
            # Words of danger are not shown again on a screen that somebody else may see.
            typed="" if help_first else query,
            help_first=help_first,
            is_limited=is_limited,
            themes=[(code, theme_title(code)) for code in themes_of(self._app.answers)],
            numbers=self._numbers(),
        )

    def _help(self, typed: str) -> SafetyReply | None:
        reading = self._app.safety.read(typed)
        return self._app.safety_replies.reply(reading, None)[1] if reading.distress else None

    def _sitemap(self) -> str:
        today = self._today()
        pages: list[tuple[str, date | None]] = []
        for code, answers in themes_of(self._app.answers).items():
            views = [view_of(one, today, {}) for one in answers]
            days = [view.checked_on for view in views if view.checked_on]
            pages.append((f"{HOME}/{code}", max(days, default=None)))
            pages += [(view.path, view.checked_on) for view in views]
        days = [day for _, day in pages if day]
        return sitemap([(HOME, max(days, default=None)), *pages], self._url)

    def _unknown(self) -> Response:
        return page("answers/unknown.html", 404, numbers=self._numbers())

    def _numbers(self) -> tuple[NumberCard, ...]:
        registry = self._app.safety_replies.registry
        return tuple(registry.get(number).card() for number in _NUMBERS)

    def _today(self) -> date:
        return day_in_france(self._app.clock)


def routes(application: Application, limits: ChatLimits) -> list[Route]:
    """Return the routes of the answers, and of what search engines ask for."""
    pages = AnswerPages(application, limits)
    return [
        Route(HOME, pages.themes, methods=["GET"]),
        Route(HOME, pages.search, methods=["POST"]),
        Route(f"{HOME}/{{theme}}", pages.theme, methods=["GET"]),
        Route(f"{HOME}/{{theme}}/{{fiche}}", pages.answer, methods=["GET"]),
        Route("/sitemap.xml", pages.sitemap, methods=["GET"]),
        Route("/robots.txt", pages.robots, methods=["GET"]),
    ]
