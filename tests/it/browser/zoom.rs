//! Enlarged to 200 %: by the browser's zoom, which halves the viewport, and by the text's size alone.

use serde_json::json;

use super::inspector::Inspector;
use super::journey::Answer::Option;
use crate::support::service::Sandbox;

/// Text that is cut off by its own box, but for what is only heard.
const CUT: &str = "
    return [...document.querySelectorAll('main *, footer *, header *')]
        .filter(element => element.checkVisibility() && !element.closest('.heard, .skip, select, input, textarea')
            && (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
            && getComputedStyle(element).display != 'inline')
        .map(element => element.outerHTML.slice(0, 120))";

#[tokio::test]
async fn at_200_percent_nothing_is_lost() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for (language, width, text) in [("sv", 640, "100%"), ("ar", 640, "100%"), ("ar", 640, "200%"), ("sv", 1280, "200%")]
    {
        inspector.look_as((language, width, "light")).await;
        inspector.resident.open_survey(&service, language).await;
        // As the browser's own setting for text does it: sheets speak of `rem` only.
        let sized = "document.documentElement.style.fontSize = arguments[0] == '100%' ? '' : '2.25rem'";
        let () = inspector.resident.run(sized, vec![json!(text)]).await;
        for screen in ["start", "part 1", "part 2", "part 3", "part 4"] {
            inspector.inspect(&format!("{screen}, text {text}")).await;
            let cut: Vec<String> = inspector.resident.run(CUT, vec![]).await;
            assert!(cut.is_empty(), "{screen} {language} {width} {text}: {cut:?}");
            if screen == "part 1" {
                let answers = [Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")];
                inspector.resident.answer_all(&answers).await;
            }
            // She can still press what leads on.
            inspector.resident.next().await;
        }
    }
    inspector.report();
}
