-- Orders with everything that happened to them. Instants are UTC milliseconds, amounts are fen; both come as parameters.
-- An order is kept as JSON (body); the columns beside it are those that are searched or that repeat a rule.

CREATE TABLE orders (
  order_no      INTEGER PRIMARY KEY,
  order_id      TEXT    NOT NULL UNIQUE,
  mchid         TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  total_fen     INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  paid_at_ms    INTEGER,
  event_count   INTEGER NOT NULL,
  -- How many changes were committed: the order's last position in the timeline.
  version       INTEGER NOT NULL,
  body          TEXT    NOT NULL,
  CONSTRAINT order_id_has_1_to_64_characters CHECK (length(order_id) BETWEEN 1 AND 64),
  CONSTRAINT order_state_is_known CHECK (state IN ('open', 'paid', 'closed', 'reversed', 'refunded')),
  CONSTRAINT order_has_an_amount CHECK (total_fen > 0),
  CONSTRAINT order_expires_after_its_creation CHECK (expires_at_ms > created_at_ms),
  -- A micropay order may be taken back before or after its payment was learned.
  CONSTRAINT order_is_paid_exactly_when_it_has_a_payment
    CHECK (state = 'reversed' OR (paid_at_ms IS NOT NULL) = (state IN ('paid', 'refunded'))),
  CONSTRAINT order_counts_from_one CHECK (version >= 1 AND event_count >= 0)
) STRICT;

-- Pages of orders, newest first: the row number ends every index by itself.
CREATE INDEX orders_by_merchant_and_state ON orders (mchid, state);
CREATE INDEX orders_by_state ON orders (state);

CREATE TRIGGER orders_change_one_version_at_a_time BEFORE UPDATE ON orders
WHEN NEW.version <> OLD.version + 1 OR NEW.order_id <> OLD.order_id OR NEW.mchid <> OLD.mchid
BEGIN SELECT RAISE(ABORT, 'an order keeps its id and its merchant, and changes one version at a time'); END;

CREATE TRIGGER orders_never_forget_a_payment BEFORE UPDATE OF state ON orders
WHEN OLD.state IN ('paid', 'refunded') AND NEW.state IN ('open', 'closed')
BEGIN SELECT RAISE(ABORT, 'an order that was paid is never open or closed again'); END;

CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
BEGIN SELECT RAISE(ABORT, 'an order is never deleted'); END;

-- One row per order at WeChat Pay: whose number it is, and what was received under it.
CREATE TABLE attempts (
  mchid         TEXT    NOT NULL,
  out_trade_no  TEXT    NOT NULL,
  order_no      INTEGER NOT NULL REFERENCES orders (order_no),
  state         TEXT    NOT NULL,
  total_fen     INTEGER NOT NULL,
  paid_fen      INTEGER,
  learned_by    TEXT,
  learned_at_ms INTEGER,
  -- Everything that went back or is on its way.
  refunds_fen   INTEGER NOT NULL,
  PRIMARY KEY (mchid, out_trade_no),
  CONSTRAINT attempt_state_is_known CHECK (state IN (
    'creating', 'open', 'paying', 'paid', 'closing', 'closed', 'reversing', 'reversed', 'rejected', 'failed')),
  CONSTRAINT attempt_paid_has_a_payment CHECK (state <> 'paid' OR paid_fen IS NOT NULL),
  CONSTRAINT attempt_payment_is_whole
    CHECK ((paid_fen IS NULL) = (learned_by IS NULL) AND (paid_fen IS NULL) = (learned_at_ms IS NULL)),
  CONSTRAINT attempt_learned_by_is_known CHECK (learned_by IN ('notice', 'query', 'bill', 'answer')),
  -- A refund that was made elsewhere may be learned before the payment.
  CONSTRAINT attempt_refunds_are_within_the_payment CHECK (refunds_fen BETWEEN 0 AND coalesce(paid_fen, total_fen))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX attempts_one_live_per_order ON attempts (order_no)
WHERE state IN ('creating', 'open', 'paying', 'closing', 'reversing');

CREATE INDEX attempts_by_learning ON attempts (mchid, learned_at_ms, learned_by) WHERE learned_at_ms IS NOT NULL;

CREATE TABLE refunds (
  mchid         TEXT    NOT NULL,
  out_refund_no TEXT    NOT NULL,
  order_no      INTEGER NOT NULL REFERENCES orders (order_no),
  out_trade_no  TEXT    NOT NULL,
  refund_fen    INTEGER NOT NULL,
  state         TEXT    NOT NULL,
  PRIMARY KEY (mchid, out_refund_no),
  FOREIGN KEY (mchid, out_trade_no) REFERENCES attempts (mchid, out_trade_no),
  CONSTRAINT refund_has_an_amount CHECK (refund_fen > 0),
  CONSTRAINT refund_state_is_known
    CHECK (state IN ('asked', 'processing', 'succeeded', 'closed', 'abnormal', 'rejected'))
) STRICT, WITHOUT ROWID;

-- Work with a time. A row lives from its scheduling to its end; a lease only hides it for a while.
CREATE TABLE duties (
  order_no       INTEGER NOT NULL REFERENCES orders (order_no),
  kind           TEXT    NOT NULL,
  subject        TEXT    NOT NULL,
  mchid          TEXT    NOT NULL,
  -- 0 a payer waits, 1 a close, 2 a sweep.
  priority       INTEGER NOT NULL,
  due_at_ms      INTEGER NOT NULL,
  lease_owner    TEXT,
  lease_until_ms INTEGER,
  -- How often it was claimed since it was last scheduled.
  claims         INTEGER NOT NULL,
  ready_at_ms    INTEGER NOT NULL AS (max(due_at_ms, coalesce(lease_until_ms, due_at_ms))) VIRTUAL,
  PRIMARY KEY (order_no, kind, subject),
  CONSTRAINT duty_priority_is_known CHECK (priority BETWEEN 0 AND 2),
  CONSTRAINT duty_lease_has_an_owner_and_an_end CHECK ((lease_owner IS NULL) = (lease_until_ms IS NULL)),
  CONSTRAINT duty_claims_are_counted CHECK (claims >= 0)
) STRICT, WITHOUT ROWID;

-- The first of a claim are the first of this index, however many duties there are.
CREATE INDEX duties_by_urgency ON duties (priority, ready_at_ms);
-- The same for a claim that leaves out merchants or kinds: it walks over lanes, not over the rows it leaves out.
CREATE INDEX duties_by_lane ON duties (mchid, kind, priority, ready_at_ms);

-- What the merchant's systems are told; position is the order of committing.
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  order_no INTEGER NOT NULL REFERENCES orders (order_no),
  sequence INTEGER NOT NULL,
  event_id TEXT    NOT NULL UNIQUE,
  type     TEXT    NOT NULL,
  at_ms    INTEGER NOT NULL,
  data     TEXT    NOT NULL,
  UNIQUE (order_no, sequence)
) STRICT;

CREATE TRIGGER events_follow_each_other BEFORE INSERT ON events
WHEN NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0) FROM events WHERE order_no = NEW.order_no)
BEGIN SELECT RAISE(ABORT, 'the events of an order are numbered 1, 2, 3 without a gap'); END;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;

CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TABLE deliveries (
  position    INTEGER NOT NULL REFERENCES events (position),
  destination TEXT    NOT NULL,
  at_ms       INTEGER NOT NULL,
  PRIMARY KEY (position, destination)
) STRICT, WITHOUT ROWID;

-- What happened, with WeChat Pay's words byte for byte.
CREATE TABLE timeline (
  order_no    INTEGER NOT NULL REFERENCES orders (order_no),
  position    INTEGER NOT NULL,
  at_ms       INTEGER NOT NULL,
  source      TEXT    NOT NULL,
  summary     TEXT    NOT NULL,
  observation TEXT    NOT NULL,
  evidence    BLOB,
  -- JSON; absent when there is none.
  alarms      TEXT,
  UNIQUE (order_no, position)
) STRICT;

CREATE TRIGGER timeline_follows_the_order BEFORE INSERT ON timeline
WHEN NEW.position <> (SELECT version FROM orders WHERE order_no = NEW.order_no)
BEGIN SELECT RAISE(ABORT, 'every version of an order has one entry in its timeline'); END;

CREATE TRIGGER timeline_never_changes BEFORE UPDATE ON timeline
BEGIN SELECT RAISE(ABORT, 'an entry of the timeline never changes'); END;

CREATE TRIGGER timeline_is_kept BEFORE DELETE ON timeline
BEGIN SELECT RAISE(ABORT, 'an entry of the timeline is never deleted'); END;

-- Messages from WeChat Pay, once per content.
CREATE TABLE notices (
  notice_id TEXT    NOT NULL UNIQUE,
  mchid     TEXT    NOT NULL,
  at_ms     INTEGER NOT NULL,
  verdict   TEXT    NOT NULL,
  body      BLOB    NOT NULL
) STRICT;

-- Answers given under an Idempotency-Key.
CREATE TABLE answers (
  key            TEXT    NOT NULL UNIQUE,
  request_digest TEXT    NOT NULL,
  status         INTEGER NOT NULL,
  body           TEXT    NOT NULL,
  at_ms          INTEGER NOT NULL,
  CONSTRAINT answer_has_a_status CHECK (status BETWEEN 100 AND 599)
) STRICT;

CREATE INDEX answers_by_age ON answers (at_ms);
