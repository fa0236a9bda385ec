//! How long sessions, links, limits and known browsers last, by a clock in our hands.

use jiff::{SignedDuration, Timestamp};
use trygghetsdialog::clock::{Clock, ManualClock};
use trygghetsdialog::db::{self, Connection, Databases};
use trygghetsdialog::id::{RandomId, SeededRandomness};
use trygghetsdialog::staff::attempts::{self, Subject};
use trygghetsdialog::staff::link::{self, Purpose};
use trygghetsdialog::staff::role::Roles;
use trygghetsdialog::staff::secrets::StaffKey;
use trygghetsdialog::staff::session::{self, Stage, Way};
use trygghetsdialog::staff::token::Token;
use trygghetsdialog::staff::{account, device};

use crate::support::service::Sandbox;

struct World {
    _sandbox: Sandbox,
    databases: Databases,
    clock: ManualClock,
    randomness: SeededRandomness,
    account: RandomId,
}

impl World {
    fn new(seed: u64) -> Self {
        let sandbox = Sandbox::new();
        let databases = sandbox.open();
        let clock = ManualClock::new("2019-03-12T10:00:00Z".parse().unwrap());
        let randomness = SeededRandomness::new(seed);
        let mail = "anna@exempel.se".parse().unwrap();
        let account = db::write(&mut databases.dialogue.get().unwrap(), |conn| {
            account::create(conn, &mail, &Roles::new(), &randomness)
        })
        .unwrap();
        Self { _sandbox: sandbox, databases, clock, randomness, account }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn pass(&self, time: SignedDuration) {
        self.clock.set(self.now().saturating_add(time).unwrap());
    }

    fn write<T>(&self, work: impl FnMut(&mut Connection) -> db::Result<T>) -> T {
        db::write(&mut self.databases.dialogue.get().unwrap(), work).unwrap()
    }

    fn begin(&self, stage: Stage) -> Token {
        self.write(|conn| session::begin(conn, self.account, (stage, Way::Password), self.now(), &self.randomness))
    }

    fn is_good(&self, token: &Token, stage: Stage) -> bool {
        self.write(|conn| session::find(conn, token, stage, self.now())).is_some()
    }

    /// A request at this moment; whether it found the session.
    fn look(&self, token: &Token) -> bool {
        self.write(|conn| {
            let Some(found) = session::find(conn, token, Stage::Full, self.now())? else { return Ok(false) };
            if session::is_to_be_noted(&found, self.now()) {
                session::note(conn, &found, self.now())?;
            }
            Ok(true)
        })
    }
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[test]
fn a_session_lasts_thirty_idle_minutes_and_twelve_hours_at_most() {
    let world = World::new(1);
    let token = world.begin(Stage::Full);
    world.pass(SignedDuration::from_secs(30 * 60 - 1));
    assert!(world.is_good(&token, Stage::Full));
    world.pass(SignedDuration::from_secs(1));
    assert!(!world.is_good(&token, Stage::Full), "idle for 30 minutes");

    let token = world.begin(Stage::Full);
    let end = world.now().saturating_add(session::MOST).unwrap();
    while world.now() < end {
        assert!(world.look(&token), "{}", world.now());
        world.pass(MINUTE * 20);
    }
    assert_eq!(world.now(), end);
    assert!(!world.look(&token), "twelve hours, however busy");
}

#[test]
fn a_waiting_sign_in_is_no_session_and_waits_ten_minutes() {
    let world = World::new(2);
    let token = world.begin(Stage::Waiting);
    assert!(world.is_good(&token, Stage::Waiting) && !world.is_good(&token, Stage::Full));
    world.pass(MINUTE * 10);
    assert!(!world.is_good(&token, Stage::Waiting));
    let full = world.begin(Stage::Full);
    assert!(!world.is_good(&full, Stage::Waiting));
    let other = Token::new(&SeededRandomness::new(99));
    assert!(!world.is_good(&other, Stage::Full));
}

/// What is over is cleared away with the next sign-in.
#[test]
fn sessions_that_are_over_do_not_pile_up() {
    let world = World::new(3);
    (0..20).for_each(|_| drop(world.begin(Stage::Full)));
    let count = || world.write(|conn| session::of_account(conn, world.account, world.now())).len();
    assert_eq!(count(), 20);
    world.pass(MINUTE * 31);
    world.begin(Stage::Full);
    let rows = crate::support::resident::texts(&world.databases.dialogue, "SELECT stage AS text FROM staff_session");
    assert_eq!((rows.len(), count()), (1, 1));
}

#[test]
fn links_last_as_long_as_they_say_and_the_latest_alone_is_good() {
    let world = World::new(4);
    for (purpose, hours) in [(Purpose::Welcome, 7 * 24), (Purpose::Reset, 1)] {
        let make =
            || world.write(|conn| link::make(conn, purpose, Some(world.account), world.now(), &world.randomness));
        let good = |token: &Token| world.write(|conn| link::find(conn, token, world.now())).is_some();
        let (first, second) = (make(), make());
        assert!(!good(&first) && good(&second));
        world.pass(SignedDuration::from_secs(hours * 3600 - 1));
        assert!(good(&second));
        world.pass(SignedDuration::from_secs(1));
        assert!(!good(&second), "{purpose}");
    }
}

#[test]
fn a_door_opens_again_and_knocking_does_not_keep_it_shut() {
    let world = World::new(5);
    let key = StaffKey::new(zeroize::Zeroizing::new([1; 32]));
    let subjects = [Subject::account(&key, &"anna@exempel.se".parse().unwrap())];
    let try_once = || world.write(|conn| attempts::begin(conn, &subjects, world.now()));
    (0..5).for_each(|number| assert!(try_once().is_ok(), "try {number}"));
    let until = try_once().unwrap_err().until;
    assert_eq!(world.now().duration_until(until), SignedDuration::from_secs(30));
    for _ in 0..29 {
        world.pass(SignedDuration::from_secs(1));
        assert_eq!(try_once().unwrap_err().until, until);
    }
    world.pass(SignedDuration::from_secs(1));
    assert!(try_once().is_ok());
    // The longest that it is ever shut.
    for _ in 0..40 {
        world.clock.set(try_once().map_or_else(|shut| shut.until, |()| world.now()));
    }
    let longest = world.now().duration_until(try_once().map_or_else(|shut| shut.until, |()| world.now()));
    assert!(longest <= SignedDuration::from_mins(15), "{longest}");
    world.write(|conn| attempts::succeed(conn, &subjects, None));
    assert!(try_once().is_ok(), "forgiven");
    (0..4).for_each(|number| assert!(try_once().is_ok(), "try {number} after that"));
    world.pass(attempts::KEPT);
    world.pass(SignedDuration::from_secs(1));
    (0..5).for_each(|number| assert!(try_once().is_ok(), "a day later, try {number}"));
}

#[test]
fn a_browser_is_known_for_ninety_days() {
    let world = World::new(6);
    let token = Token::new(&world.randomness);
    let known = || world.write(|conn| device::is_known(conn, &token, world.account, world.now()));
    assert!(!known());
    world.write(|conn| device::know(conn, &token, world.account, world.now()));
    assert!(known());
    assert!(!world.write(|conn| device::is_known(conn, &token, RandomId::from_bytes([9; 16]), world.now())));
    world.pass(SignedDuration::from_hours(90 * 24 - 1));
    assert!(known());
    world.pass(SignedDuration::from_hours(1));
    assert!(!known());
}
