"""Pages of the referrer's side. They read, call the service, and render."""
