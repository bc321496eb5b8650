"""Everything private: organisations, referrers, referrals, safety rules, triage and audit."""
