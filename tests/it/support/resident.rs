//! A resident as HTTP sees her: forms, posts, and what is stored in the end.

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use trygghetsdialog::db::{Connection, Databases, Pool};
use trygghetsdialog::survey::answers::Answers;

use super::service::Sandbox;

/// A client that follows no redirect, keeps no cookie, and says no more than a browser would.
pub fn client() -> Client {
    // The service closes a connection that has rested for five seconds; on a busy machine a request can meet that.
    let rest = std::time::Duration::from_secs(2);
    Client::builder().redirect(Policy::none()).pool_idle_timeout(rest).build().expect("a client")
}

/// The smallest form that may be stored, and an answer or two.
pub const FORM: &[(&str, &str)] =
    &[("X01", "folkbokford"), ("X02", "kvinna"), ("X03", "a35_44"), ("Q06", "ganska_otrygg"), ("Q11", "nej")];

/// [`FORM`] with `more`, as a browser encodes it.
pub fn form(more: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(FORM).extend_pairs(more).finish()
}

/// Posts a form to the survey.
pub async fn post(client: &Client, url: &str, form: String) -> reqwest::Result<Response> {
    client.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(form).send().await
}

/// Posts a form that must be taken.
pub async fn hand_in(client: &Client, url: &str, form: String) {
    let response = post(client, url, form).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

/// The receipt in a served survey.
pub fn receipt(page: &str) -> &str {
    let start = page.find("name=kvitto").or_else(|| page.find("name=\"kvitto\"")).expect("a receipt");
    let value = &page[start..];
    let start = value.find("value=").expect("a value") + "value=".len();
    value[start..].trim_start_matches('"').split(['"', '>', ' ']).next().expect("a value")
}

impl Sandbox {
    /// The sandbox's databases, for a look behind the service's back.
    pub fn open(&self) -> Databases {
        let url = |text: &str| text.parse().expect("an address");
        Databases::open(&url(&self.databases().dialogue), &url(&self.databases().register)).expect("the databases")
    }

    /// Makes every week that letters lie in a past one, so that mixing takes it.
    pub fn let_weeks_pass(&self) {
        run(&self.open().dialogue, "UPDATE batch SET week = '2019-W11'");
    }

    /// Mixes by hand. A service that mixes by itself at that moment is waited for: one alone may mix.
    ///
    /// # Panics
    /// Where the mixing fails.
    pub fn mix(&self) {
        for _ in 0..600 {
            let output = self.run(&["mix"]);
            if output.status.success() {
                return;
            }
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains("a mixing is under way"), "{said}");
        }
        panic!("another mixing does not come to its end");
    }
}

/// Runs a statement.
pub fn run(pool: &Pool, statement: &str) {
    use diesel::connection::SimpleConnection;
    let mut connection = pool.get().expect("a connection");
    connection.batch_execute(statement).expect("the statement runs");
}

/// All stored answers, read as no part of the product may: behind its back.
pub fn stored_answers(pool: &Pool) -> Vec<Answers> {
    texts(pool, "SELECT answers AS text FROM response ORDER BY id")
        .iter()
        .map(|text| serde_json::from_str(text).expect("stored answers"))
        .collect()
}

/// The texts that a query gives in its column `text`.
pub fn texts(pool: &Pool, query: &str) -> Vec<String> {
    use diesel::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let mut connection = pool.get().expect("a connection");
    let rows: Vec<Row> = match &mut *connection {
        Connection::Sqlite(connection) => diesel::sql_query(query).load(connection),
        Connection::Postgres(connection) => diesel::sql_query(query).load(connection),
    }
    .expect("the query runs");
    rows.into_iter().map(|row| row.text).collect()
}
