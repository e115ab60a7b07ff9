"""What every page stands on: the request's session, who may use what, error pages, headers, filters."""
