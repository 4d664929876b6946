-- What finds sessions that nobody uses any more without reading the others; those that carry tokens end by their expiry alone.
CREATE INDEX session_idle ON session (remembered, last_activity) WHERE mode <> 'token';
