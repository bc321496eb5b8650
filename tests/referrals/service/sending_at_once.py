"""Run by a test in several processes: send many referrals into one database, and say what came back.

    python sending_at_once.py <how many> <number of this process>

Prints one reference a line, each only after `submit` has returned.
"""

import sys
from pathlib import Path


def main() -> None:
    """Send; every tenth one twice, as a double click would."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    import uuid

    import referral_people as people

    from referrals.models import EntitledReferrer
    from referrals.service import drafts, submission

    line = EntitledReferrer.objects.select_related("user", "organisation", "team").get()
    for number in range(int(sys.argv[1])):
        token = uuid.uuid4()
        clicks = 2 if number % 10 == 0 else 1
        for _ in range(clicks):
            made = drafts.create_referral(
                people.applicant(line),
                token=token,
                answers=people.answers(
                    nhs_number=None, nhs_number_absent_reason="overseas-patient"
                ),
            )
        first = submission.submit(made, line.user, seen_row=1)
        for _ in range(clicks - 1):
            again = submission.submit(made, line.user, seen_row=1)
            assert first.reference == again.reference
        print(first.reference, flush=True)


if __name__ == "__main__":
    main()
