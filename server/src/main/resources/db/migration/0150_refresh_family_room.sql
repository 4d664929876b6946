-- Each refresh rewrites its family's row. With room left in its page the new version stays there and PostgreSQL need not touch the
-- four indexes, whose pages are scattered.
${postgresql} ALTER TABLE refresh_family SET (fillfactor = 75);
