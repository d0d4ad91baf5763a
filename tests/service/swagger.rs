//! The page that shows the API: complete in itself, and the only one with a looser policy.

use axum::http::header::CONTENT_SECURITY_POLICY;

use crate::server::Service;
use crate::site::{Browser, Page, Place};

fn policy(page: &Page) -> &str {
    page.headers.get(CONTENT_SECURITY_POLICY).map_or("", |policy| policy.to_str().expect("a policy"))
}

/// Values of `src` and `href`.
fn loaded(html: &str) -> Vec<&str> {
    let attributes = ["src=\"", "href=\""];
    let values = attributes.iter().flat_map(|attribute| html.split(attribute).skip(1));
    values.filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
}

async fn the_page_of_the_api_is_whole_and_alone_has_a_looser_policy(service: &Service) {
    let site = Place::free().await.serve(service, &[]);
    let mut browser = Browser::new();
    let led = browser.get(&format!("{}/api/docs", site.address)).await.expect(308);
    let home = led.location().expect("the page").to_string();
    assert_eq!(home, format!("{}/api/docs/", site.address));
    let page = browser.get(&home).await.expect(200);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"), "{:?}", page.headers);
    let loose = policy(&page).to_owned();
    assert!(loose.contains("default-src 'none'") && loose.contains("style-src 'self' 'unsafe-inline'"), "{loose}");
    assert!(loose.contains("script-src 'self';") && loose.contains("connect-src 'self';"), "{loose}");
    assert!(!page.body.contains("//"), "nothing from elsewhere: {}", page.body);

    let files = loaded(&page.body);
    assert!(files.len() >= 5, "{files:?}");
    for name in files {
        let file = browser.get(page.url.join(name).expect("an address").as_str()).await.expect(200);
        assert!(!file.body.is_empty() && policy(&file) == loose, "{name}");
        if file.headers["content-type"] == "text/css" {
            for elsewhere in ["@import", "url(http", "url(//", "url(\"http", "url('http"] {
                assert!(!file.body.contains(elsewhere), "{name}: {elsewhere}");
            }
        }
    }
    let begun = browser.get(&format!("{home}swagger-initializer.js")).await.expect(200).body;
    assert!(begun.contains("\"/api/v1/openapi.json\"") && begun.contains("\"validatorUrl\": \"none\""), "{begun}");
    assert!(!begun.contains("://") && !begun.contains("{{config}}"), "{begun}");
    browser.get(&format!("{home}nothing.js")).await.expect(404);

    for (path, status) in [("/", 200), ("/sign-in", 200), ("/nowhere", 404)] {
        let page = browser.get(&format!("{}{path}", site.address)).await.expect(status);
        let strict = policy(&page);
        assert!(strict.contains("default-src 'self'") && !strict.contains("unsafe"), "{path}: {strict}");
    }
    for path in ["/api/v1/openapi.json", "/api/v1/areas", "/healthz", "/api/docsy"] {
        let page = browser.get(&format!("{}{path}", site.address)).await;
        assert!(!policy(&page).contains("unsafe"), "{path}");
    }
}

crate::on_both_databases!(the_page_of_the_api_is_whole_and_alone_has_a_looser_policy);
