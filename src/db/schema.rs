//! The tables, as the migrations in `migrations/` make them on both databases.

diesel::table! {
    /// Which of the two databases this is.
    identity (name) {
        name -> Text,
    }
}

diesel::table! {
    /// One row per citizen dialogue; moments are Unix seconds of staff acts.
    dialogue (id) {
        id -> Binary,
        slug -> Text,
        state -> Text,
        origin -> Nullable<Text>,
        opened_at -> Nullable<BigInt>,
        closes_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        last_week -> Nullable<Text>,
        revision -> Integer,
        edited_by -> Nullable<Binary>,
        reviewed_by -> Nullable<Binary>,
        paused_at -> Nullable<BigInt>,
        retention_decision -> Nullable<Text>,
    }
}

diesel::table! {
    /// What a purge leaves of a dialogue's answers.
    purge_receipt (dialogue) {
        dialogue -> Binary,
        decision -> Text,
        purged_at -> BigInt,
        responses -> BigInt,
        comments -> BigInt,
        rewritten -> Integer,
    }
}

diesel::table! {
    /// The definition of a dialogue's questionnaire, by structural version and text version.
    questionnaire (dialogue, version, text_version) {
        dialogue -> Binary,
        version -> Integer,
        file_name -> Text,
        definition -> Text,
        text_version -> Integer,
    }
}

diesel::table! {
    /// Whom residents ask about a dialogue; empty where nothing was given.
    dialogue_contact (dialogue) {
        dialogue -> Binary,
        name -> Text,
        mail -> Text,
        phone -> Text,
    }
}

diesel::table! {
    /// What is said of a dialogue that is closed, where it is not the standard text.
    closed_text (dialogue, language) {
        dialogue -> Binary,
        language -> Text,
        text -> Text,
    }
}

diesel::table! {
    /// The versions of a dialogue's privacy notice and accessibility statement.
    statement (dialogue, kind, number) {
        dialogue -> Binary,
        kind -> Text,
        number -> Integer,
        published_at -> BigInt,
        published_by -> Nullable<Binary>,
    }
}

diesel::table! {
    /// What a version says.
    statement_text (dialogue, kind, number, language) {
        dialogue -> Binary,
        kind -> Text,
        number -> Integer,
        language -> Text,
        text -> Text,
    }
}

diesel::table! {
    /// A week's key.
    batch (id) {
        id -> Binary,
        dialogue -> Binary,
        week -> Text,
        public_key -> Binary,
        state -> Text,
        label -> Nullable<Text>,
    }
}

diesel::table! {
    /// Sealed answers that wait for mixing.
    letter (batch, id) {
        batch -> Binary,
        id -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    /// Someone who keys in answers from paper at one browser.
    keying_sitting (id) {
        id -> Binary,
        dialogue -> Binary,
        account -> Binary,
        session -> Binary,
    }
}

diesel::table! {
    /// The latest letter of a sitting, sealed, while it can be taken back.
    held_letter (sitting) {
        sitting -> Binary,
        batch -> Binary,
        id -> Binary,
        sealed -> Binary,
    }
}

diesel::table! {
    /// Receipts that have been used, as HMAC, with no reference to the letter.
    spent_receipt (hmac) {
        hmac -> Binary,
        generation -> Integer,
    }
}

diesel::table! {
    /// Mixed answers.
    response (id) {
        id -> Binary,
        dialogue -> Binary,
        version -> Integer,
        channel -> Text,
        week -> Nullable<Text>,
        answers -> Text,
    }
}

diesel::table! {
    /// Mixed free texts.
    comment (id) {
        id -> Binary,
        dialogue -> Binary,
        question -> Text,
        text -> Text,
    }
}

diesel::table! {
    /// Who may sign in.
    staff_account (id) {
        id -> Binary,
        mail -> Text,
        name -> Text,
        state -> Text,
        password -> Nullable<Text>,
        totp_secret -> Nullable<Binary>,
        totp_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    /// What an account may do.
    staff_role (account, role) {
        account -> Binary,
        role -> Text,
    }
}

diesel::table! {
    /// Codes for whoever has lost her phone, as hashes.
    staff_recovery_code (account, code) {
        account -> Binary,
        code -> Binary,
    }
}

diesel::table! {
    /// Links that were sent, as hashes of their tokens.
    staff_link (token) {
        token -> Binary,
        account -> Nullable<Binary>,
        purpose -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    /// Signed-in browsers, as hashes of their tokens.
    staff_session (id) {
        id -> Binary,
        account -> Binary,
        token -> Binary,
        stage -> Text,
        opened_at -> BigInt,
        seen_at -> BigInt,
        way -> Text,
    }
}

diesel::table! {
    /// Who accounts are at an OpenID Connect provider.
    staff_identity (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        account -> Binary,
    }
}

diesel::table! {
    /// Journeys to a provider that are over, as hashes of their tokens.
    staff_journey (token) {
        token -> Binary,
        expires_at -> BigInt,
    }
}

diesel::table! {
    /// Browsers that an account has signed in from, as hashes of their tokens.
    staff_device (token) {
        token -> Binary,
        account -> Binary,
        expires_at -> BigInt,
    }
}

diesel::table! {
    /// Failed tries, by keyed hashes of whom they concern.
    staff_attempt (subject) {
        subject -> Binary,
        failures -> Integer,
        latest_at -> BigInt,
    }
}

diesel::table! {
    /// What staff did, as a chain.
    audit_entry (number) {
        number -> BigInt,
        at -> BigInt,
        actor_kind -> Text,
        actor -> Nullable<Binary>,
        action -> Text,
        object_kind -> Nullable<Text>,
        object -> Nullable<Text>,
        detail -> Text,
        hash -> Binary,
    }
}

diesel::table! {
    /// Where that chain ends.
    audit_head (name) {
        name -> Text,
        number -> BigInt,
        hash -> Binary,
    }
}
