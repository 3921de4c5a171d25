//! Serving both portals until a signal says stop.

use std::io::Write;
use std::time::Duration;

use actix_web::cookie::Key;
use actix_web::middleware::from_fn;
use actix_web::{App as Actix, HttpServer, web};

use super::setup::{Startup, cookie_key, open_parts};
use crate::config::Settings;
use crate::http::{App, log_requests, public_headers};
use crate::kernel::{Clock, Error, Result};
use crate::platform::log;
use crate::web::{internal, public};
use crate::worker;

/// Serves as the settings say.
pub(super) fn run() -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(settings.log_json, &settings.log);
    let parts = open_parts(settings, Startup::Strict, Clock::system())?;
    let key = cookie_key(&parts.settings)?;
    portals(App::new(parts, &key), key, || {})
}

/// Serves both portals and does the background work; `ready` is called once both listen.
pub(super) fn portals(app: App, key: Key, ready: impl FnOnce() + 'static) -> Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let settings = app.parts.settings.clone();
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let background = actix_web::rt::spawn(worker::run(app.clone(), stopped));
        let data = web::Data::new(app.clone());
        let public = HttpServer::new(move || {
            Actix::new().app_data(data.clone()).wrap(public_headers(&data)).wrap(from_fn(log_requests)).configure(public::configure)
        });
        let data = web::Data::new(app.clone());
        let internal = HttpServer::new(move || {
            let (app, key) = (data.get_ref().clone(), key.clone());
            Actix::new().app_data(data.clone()).wrap(from_fn(log_requests)).configure(move |config| internal::configure(config, &app, key))
        });
        let listening = |error: std::io::Error| Error::unavailable(error);
        let public = public
            .workers(settings.workers)
            .client_request_timeout(Duration::from_secs(10))
            .keep_alive(Duration::from_secs(30))
            .shutdown_timeout(20)
            .bind(settings.public_addr)
            .map_err(listening)?;
        let internal = internal
            .workers(settings.workers)
            .client_request_timeout(Duration::from_secs(10))
            .shutdown_timeout(20)
            .disable_signals()
            .bind(settings.internal_addr)
            .map_err(listening)?;
        // Where they listen, which port 0 leaves to the machine.
        tracing::info!(public = ?public.addrs(), internal = ?internal.addrs(), profile = %app.profile().code, "serving");
        let (public, internal) = (public.run(), internal.run());
        let internal_handle = internal.handle();
        let inside = actix_web::rt::spawn(internal);
        ready();
        // Nobody may be reading our output; that is no reason not to serve.
        let _ = std::io::stdout().flush();
        // The public server watches the signals; when it has stopped, the rest follows.
        let served = public.await;
        internal_handle.stop(true).await;
        let _ = inside.await;
        let _ = stop.send(true);
        let _ = background.await;
        served.map_err(Error::unavailable)
    })
}
