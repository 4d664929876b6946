-- Which node does a background job. A holder that lives moves the beat on; an empty holder has let go.
CREATE TABLE job_lease (
    job ${text} NOT NULL PRIMARY KEY,
    holder ${text} NOT NULL,
    beat ${bigint} NOT NULL
) ${strict};
