//! Stylesheet, script and icon, embedded in the program and served under their own hash, so that browsers keep them for good
//! and never show a page with the style of another version.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use needmatch_domain::canonical;

/// A file with its address.
struct Asset {
    name: String,
    media_type: &'static str,
    body: String,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let body = format!("{}\n{}", include_str!("../assets/pages.css"), needmatch_charts::STYLESHEET);
    asset("pages", "css", "text/css; charset=utf-8", body)
});

static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset("progress", "js", "text/javascript; charset=utf-8", include_str!("../assets/progress.js").to_owned())
});

static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg").to_owned()));

fn asset(name: &str, extension: &str, media_type: &'static str, body: String) -> Asset {
    let hash = canonical::sha256(body.as_bytes());
    let name = format!("{name}-{}.{extension}", &hash[..16]);
    Asset { name, media_type, body }
}

/// Address of the stylesheet.
pub(crate) fn stylesheet() -> String {
    format!("/assets/{}", STYLE.name)
}

/// Address of the script that follows a run.
pub(crate) fn progress_script() -> String {
    format!("/assets/{}", SCRIPT.name)
}

/// Address of the icon.
pub(crate) fn icon() -> String {
    format!("/assets/{}", ICON.name)
}

/// Serves a file by its name with hash.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let Some(asset) = [&*STYLE, &*SCRIPT, &*ICON].into_iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers =
        [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, asset.body.as_str()).into_response()
}
