-- Reviews of accounts are reminded of by the engine of duties, which keeps account of it itself.
ALTER TABLE review_campaign DROP COLUMN reminded_on;
