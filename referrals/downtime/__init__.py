"""For the day when the site does not answer: a paper form, the list as it stood, and where to ring."""
