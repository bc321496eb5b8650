"""`make bench`: how fast a public page is answered, against a bare WSGI answer of the same bytes and against Django alone.

Calls the applications in this process, in turn, so that the ratios hold however fast the machine is today.
"""

import os
import statistics
import time

os.environ.setdefault("IR_INFO_MODE", "demo")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ir_info.settings")

ROUNDS = 7
PAGE = "/procedures/rig/"


def main() -> None:
    """Measure and print medians and ratios."""
    from django.test import RequestFactory

    from ir_info.wsgi import application, django_application

    environ = RequestFactory().get(PAGE, HTTP_ACCEPT_ENCODING="br").environ | {
        "HTTP_HOST": "localhost"
    }
    sent = {}

    def start_response(status: str, headers: list, exc_info: object = None) -> None:
        sent["status"], sent["headers"] = status, headers

    body = b"".join(application(dict(environ), start_response))
    assert sent["status"].startswith("200"), f"{PAGE}: {sent['status']}. Run `make seed` first."
    headers = list(sent["headers"])

    def bare(environ: dict, start_response: object) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    def per_second(app: object, calls: int) -> float:
        started = time.perf_counter()
        for _ in range(calls):
            b"".join(app(dict(environ), start_response))
        return calls / (time.perf_counter() - started)

    apps = {
        "bare WSGI": (bare, 20_000),
        "from memory": (application, 20_000),
        "Django alone": (django_application, 20),
    }
    rates = {name: [] for name in apps}
    for _ in range(ROUNDS):
        for name, (app, calls) in apps.items():
            rates[name].append(per_second(app, calls))
    print(
        f"{PAGE}: {len(body):,} bytes as br. Answers a second in this process, median of {ROUNDS} rounds:"
    )
    base = statistics.median(rates["bare WSGI"])
    for name, found in rates.items():
        middle = statistics.median(found)
        print(
            f"  {name:14} {middle:12,.0f}   {middle / base:6.1%} of a bare answer (from {min(found):,.0f} to {max(found):,.0f})"
        )


if __name__ == "__main__":
    main()
