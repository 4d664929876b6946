-- The newest migration that a server must know to work on this schema. What only adds leaves it; what takes away raises it, so
-- that servers from before it refuse to start.
CREATE TABLE schema_floor (
    id ${integer} NOT NULL PRIMARY KEY,
    must_know ${integer} NOT NULL
) ${strict};

INSERT INTO schema_floor (id, must_know) VALUES (1, 21);
