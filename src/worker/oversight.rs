//! Looking at the audit log without being asked: what it gained, whether it is whole, where it ends.

use super::ctx;
use crate::alert;
use crate::audit;
use crate::http::App;
use crate::kernel::Result;
use crate::platform::db::run_blocking;
use crate::platform::queue::Lease;

/// Raises alerts about what the log gained since the last look.
pub(super) async fn watch(app: &App, lease: Lease) -> Result<()> {
    let profile = app.parts.profile.clone();
    let raised = app.db().write_async(ctx(app), move |tx| alert::watch(tx, &lease, &profile)).await?;
    if raised > 0 {
        tracing::warn!(raised, "alerts were raised");
    }
    Ok(())
}

/// Walks the whole chain.
pub(super) async fn check(app: &App, lease: Lease) -> Result<()> {
    let verdict = app.db().read_async(audit::verify).await?;
    if let Some(seq) = verdict.broken_at {
        tracing::error!(seq, "the audit log is broken");
    }
    app.db().write_async(ctx(app), move |tx| alert::checked(tx, &lease, &verdict)).await
}

/// Writes down where the chain ends: in the file and to the log server that the settings name, and to the auditors.
pub(super) async fn note_head(app: &App, lease: Lease) -> Result<()> {
    let (settings, now) = (app.parts.settings.clone(), app.now());
    let portal = settings.internal_url.clone();
    let head = app.db().read_async(move |conn| audit::head(conn, now, &portal)).await?;
    let noted = head.clone();
    run_blocking(move || {
        if let Some(path) = &settings.audit_heads {
            audit::note(path, &noted)?;
        }
        if let Some(server) = &settings.audit_syslog {
            let host = noted.portal.split("//").nth(1).unwrap_or_default();
            let message = format!("seq={} hash={} portal={}", noted.seq, noted.hash, noted.portal);
            server.send(now, host, "audit-head", &message)?;
        }
        Ok(())
    })
    .await?;
    let profile = app.parts.profile.clone();
    app.db().write_async(ctx(app), move |tx| alert::tell_head(tx, &lease, &profile, &head)).await
}
