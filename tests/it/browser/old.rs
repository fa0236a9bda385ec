//! Browsers without `:has()`: one long page, and the review as the server marks it.

use serde_json::json;
use thirtyfour::By;

use super::stage::{Stage, questionnaire};
use crate::support::browser::{Browser, Scripts};
use crate::support::require;

const SEEN: &str =
    "return [...document.querySelectorAll(arguments[0])].filter((element) => element.checkVisibility()).length";

async fn seen(browser: &Browser, elements: &str) -> usize {
    browser.run(SEEN, vec![json!(elements)]).await
}

#[actix_web::test]
async fn the_survey_is_one_long_page_that_the_server_reviews() {
    let Some(browser) = require::or_skip(Browser::open(Scripts::Off).await) else { return };
    let questionnaire = questionnaire();
    let stage = Stage::open(&questionnaire, true);
    browser.driver.goto(stage.url("/sv/enkat")).await.unwrap();
    let parts = questionnaire.parts.len();
    assert_eq!(seen(&browser, ".part").await, parts, "every part stands open");
    assert_eq!(
        seen(&browser, "[value=submit], .na, .u, .limit, .go a").await,
        0,
        "nothing that rules would have to hide"
    );
    assert!(seen(&browser, ".if").await > 5, "what depends on answers says so in words");

    for option in [
        "X01][value=folkbokford",
        "X02][value=kvinna",
        "X03][value=a35_44",
        "Q06][value=gar_inte_ut",
        "Q06B][value=otrygg",
    ] {
        browser.driver.find(By::Css(format!("[name={option}]"))).await.unwrap().click().await.unwrap();
    }
    // Off path: she said nothing of a place.
    browser.driver.find(By::Css("[name='Q12.1.P01'][value=skog]")).await.unwrap().click().await.unwrap();
    browser.driver.find(By::Css("[value=review]")).await.unwrap().click().await.unwrap();

    // A click does not wait for the page that it asks for.
    for _ in 0..200 {
        if seen(&browser, "form.review").await == 1 {
            break;
        }
    }
    assert_eq!(seen(&browser, "#granska, [value=submit]").await, 2, "the review, with Send");
    assert_eq!(seen(&browser, ".part label:not(.t)").await, 5, "only what was chosen, and is on path");
    assert_eq!(seen(&browser, "#Q12, #del-6").await, 0, "nothing that is off path");
    assert!(seen(&browser, ".u").await > 20, "what is not answered says so");

    browser.driver.find(By::Css("#del-3 .change a")).await.unwrap().click().await.unwrap();
    assert!(seen(&browser, "#del-3 label:not(.t)").await > 20, "a part that is changed stands open again");
    assert_eq!(seen(&browser, "#del-1 label:not(.t)").await, 3, "the others stay a review");
}
