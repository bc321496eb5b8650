"""The referral form: what is asked (a table), how it is read, and the pages of a referrer."""
