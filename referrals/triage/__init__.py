"""The IR side: worklists, one referral on one screen, and every decision about it."""
