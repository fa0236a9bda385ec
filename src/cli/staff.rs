//! `staff add` and `staff link`: people, from the machine itself.

use std::path::Path;

use clap::Subcommand;

use crate::cli::{Failure, start};
use crate::config::Settings;
use crate::mail::Address;
use crate::staff::account::{self, State};
use crate::staff::audit::Actor;
use crate::staff::role::{Role, Roles};
use crate::staff::{enrol, letters};

/// What to do about people.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Invite someone: prints the link, and mails it where there is a mail server
    Add {
        /// Her mail address, which she will sign in with
        mail: String,
        /// What she may do: administrator, coordinator, analyst, comment_reader, secretary; may be repeated
        #[arg(long = "role", required = true)]
        roles: Vec<Role>,
    },
    /// Print a link by which someone sets up her account once more, with a new password and second factor
    Link {
        /// Her mail address
        mail: String,
    },
}

/// The command.
///
/// # Errors
/// The address is none, has an account already or has none; the database; the mail server.
pub fn run(settings: &Settings, command: StaffCommand) -> Result<(), Failure> {
    match command {
        StaffCommand::Add { mail, roles } => add(settings, &mail.parse()?, &roles.into_iter().collect()),
        StaffCommand::Link { mail } => link(settings, &mail.parse()?),
    }
}

fn add(settings: &Settings, mail: &Address, roles: &Roles) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    let (now, randomness) = (start::clock().now(), start::randomness());
    let mut conn = databases.dialogue.get()?;
    let invited = enrol::invite(&mut conn, Actor::CommandLine, mail, roles, now, randomness.as_ref())?;
    let Some((_, token)) = invited else {
        return Err(Failure::new(format!("{mail} has an account already; `staff link {mail}` makes a new link")));
    };
    let public_url = settings.public_url(settings.listen);
    println!("Invited {mail}. The link works once, within seven days:");
    println!("{}", letters::welcome_address(&public_url, &token));
    let mailer = start::mailer(settings)?;
    mailer.send(&letters::invitation(mail, &public_url, &token), now, randomness.as_ref())?;
    if mailer.is_folder() {
        println!("The mail is a file in {}.", shown(&settings.data_dir.join(start::MAIL_FOLDER)));
    } else {
        println!("It was mailed, too.");
    }
    Ok(())
}

fn link(settings: &Settings, mail: &Address) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    let mut conn = databases.dialogue.get()?;
    let found = account::find(&mut conn, mail)?.filter(|account| account.state != State::Inactive);
    let account = found.ok_or_else(|| Failure::new(format!("{mail} has no account that may sign in")))?;
    let (now, randomness) = (start::clock().now(), start::randomness());
    let token = enrol::invite_again(&mut conn, Actor::CommandLine, account.id, now, randomness.as_ref())?;
    println!("The link works once, within seven days, and sets a new password and second factor:");
    println!("{}", letters::welcome_address(&settings.public_url(settings.listen), &token));
    Ok(())
}

fn shown(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}
