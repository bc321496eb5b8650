"""NHS CIS2 and NHSmail by OpenID Connect, authorisation code flow only.

django-allauth does the flow. What is added here: nonce, signature, issuer and audience checks on
every token, assurance levels, private_key_jwt, and users keyed on issuer and subject.
"""
