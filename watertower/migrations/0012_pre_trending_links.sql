-- Which links were shared lately, and the statuses that share one.
CREATE INDEX statuses_with_card ON statuses (id DESC) WHERE card_id IS NOT NULL;
CREATE INDEX statuses_of_card ON statuses (card_id, id DESC) WHERE card_id IS NOT NULL;
