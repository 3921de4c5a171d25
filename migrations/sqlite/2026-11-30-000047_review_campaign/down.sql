ALTER TABLE review_campaign ADD COLUMN reminded_on TEXT;
