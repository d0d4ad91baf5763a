-- Why a request was sent back, kept while it is returned, so that its state reads it where it reads the request.
ALTER TABLE requests ADD COLUMN returned_for TEXT;
