"""The only way in: what people do with referrals, each as one function, whoever calls it.

Views, the admin, commands and tests all come through here. Each function takes the person who
acts, asks whether they may, does the work in one transaction and leaves its line in the audit
log.
"""
