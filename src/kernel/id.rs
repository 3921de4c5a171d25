//! Ids: UUIDv7 text made by us, one type per thing, so that passing the wrong kind does not compile.

use std::fmt;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

/// A fresh UUIDv7 in its usual text form (36 characters; sorts by the time it was made).
pub fn fresh() -> String {
    uuid::Uuid::now_v7().to_string()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new id.
            pub fn fresh() -> Self {
                Self(fresh())
            }

            /// Reads an id from an address or a form; `None` unless it is a UUID.
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(|id| Self(id.to_string()))
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                String::from_sql(bytes).map(Self)
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            String: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }
    )*};
}

ids! {
    /// An account of the internal portal.
    AccountId,
    /// An agency.
    AgencyId,
    /// A dataset.
    DatasetId,
    /// A resource (one table) of a dataset.
    ResourceId,
    /// One ingested state of a resource's table.
    TableVersionId,
    /// A file on its way in.
    UploadId,
    /// A list of datasets that an agency keeps in a workbook.
    InventoryId,
    /// One version of a dataset: metadata and a table version per resource.
    VersionId,
    /// A decision of the review.
    DecisionId,
    /// A session of the internal portal.
    SessionId,
    /// A key for programs.
    ApiTokenId,
    /// A job of the queue.
    JobId,
    /// A notice in somebody's inbox.
    NoticeId,
    /// An outgoing mail.
    MailId,
    /// A run of the scan over a table or over the words of a version.
    ScanId,
    /// Something that a scan found.
    FindingId,
    /// An account that an agency asks for.
    AccountRequestId,
    /// Somebody whom an agency names to be spoken to.
    FocalPointId,
    /// A list of focal points that was compiled for approval.
    FocalListId,
    /// Somebody who looks after a dataset.
    ContactId,
    /// A periodic review of accounts.
    CampaignId,
    /// A duty.
    DutyId,
    /// A word that nothing changed.
    ConfirmationId,
    /// A request for more time.
    ExtensionId,
    /// An alert.
    AlertId,
    /// What somebody says is wrong with a dataset.
    ReportId,
    /// Data that somebody asks for.
    DataRequestId,
    /// That a reader is written to when data change.
    SubscriptionId,
    /// The destruction of what must not exist any more.
    PurgeId,
    /// A backup that is kept somewhere.
    BackupId,
    /// What an authority decided and signed.
    SignedDecisionId,
    /// An issue of the open-data catalogue.
    CatalogueIssueId,
    /// An entry of the open-data catalogue, the same from issue to issue.
    CatalogueEntryId,
    /// That an issue of the open-data catalogue was posted elsewhere.
    CataloguePostingId,
    /// That the open-data catalogue was reviewed and nothing is to change.
    CatalogueReviewId,
    /// The open-data plan of a year.
    PlanId,
    /// An item of such a plan.
    PlanItemId,
    /// A guide, a piece of news or another page that people write.
    ArticleId,
    /// A quarterly release.
    ReleaseId,
}
