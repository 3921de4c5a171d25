//! The tables, as diesel sees them; the migrations make them (one set a database, the same names in both).

#![allow(missing_docs, reason = "the column names are the documentation; migrations/*/up.sql carries the remarks")]

diesel::table! {
    chain_head (name) { name -> Text, seq -> BigInt, hash -> Text, }
}
diesel::table! {
    audit_entry (seq) {
        seq -> BigInt, at -> BigInt, actor_kind -> Text, actor_id -> Nullable<Text>, action -> Text, object_kind -> Text,
        object_id -> Text, outcome -> Text, client -> Nullable<Text>, request_id -> Text, detail -> Text, prev -> Text, hash -> Text,
    }
}
diesel::table! {
    alert (id) {
        id -> Text, kind -> Text, at -> BigInt, account_id -> Nullable<Text>, events -> BigInt, row_total -> BigInt,
        first_seq -> BigInt, last_seq -> BigInt, last_at -> BigInt, state -> Text, handled_by -> Nullable<Text>,
        handled_at -> Nullable<BigInt>, note -> Nullable<Text>,
    }
}
diesel::table! {
    audit_mark (name) { name -> Text, seq -> BigInt, at -> BigInt, whole -> Bool, }
}
diesel::table! {
    change (seq) { seq -> BigInt, at -> BigInt, object_kind -> Text, object_id -> Text, }
}
diesel::table! {
    node (id) { id -> Text, started_at -> BigInt, seen_at -> BigInt, index_seq -> BigInt, rebuilt -> BigInt, }
}
diesel::table! {
    node_request (name) { name -> Text, number -> BigInt, at -> BigInt, }
}
diesel::table! {
    agency (id) {
        id -> Text, slug -> Text, name_vi -> Text, name_en -> Nullable<Text>, kind -> Text, e_identifier -> Nullable<Text>,
        parent_id -> Nullable<Text>, phone -> Nullable<Text>, email -> Nullable<Text>, valid_from -> Text,
        valid_to -> Nullable<Text>, successor_id -> Nullable<Text>, voluntary -> Bool,
    }
}
diesel::table! {
    account (id) {
        id -> Text, user_name -> Text, email -> Text, full_name -> Text, password_hash -> Nullable<Text>, state -> Text,
        lang -> Text, created_at -> BigInt, signed_in_at -> Nullable<BigInt>, password_set_at -> Nullable<BigInt>,
        password_must_change -> Bool, rules_accepted -> Nullable<Text>, rules_accepted_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    password_history (account_id, set_at) { account_id -> Text, set_at -> BigInt, hash -> Text, }
}
diesel::table! {
    second_factor (account_id) {
        account_id -> Text, secret -> Text, last_step -> BigInt, confirmed_at -> BigInt,
    }
}
diesel::table! {
    recovery_code (account_id, code_hash) { account_id -> Text, code_hash -> Text, }
}
diesel::table! {
    api_token (id) {
        id -> Text, account_id -> Text, name -> Text, key_hash -> Text, scopes -> Text, created_at -> BigInt,
        ends_at -> BigInt, used_at -> Nullable<BigInt>, revoked_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    sign_in_failure (subject) { subject -> Text, failures -> Integer, failed_at -> BigInt, }
}
diesel::table! {
    account_role (account_id, agency_id, role, valid_from) {
        account_id -> Text, agency_id -> Text, role -> Text, valid_from -> Text, valid_to -> Nullable<Text>,
        deputy_for -> Nullable<Text>,
    }
}
diesel::table! {
    password_link (key_hash) {
        key_hash -> Text, account_id -> Text, kind -> Text, made_at -> BigInt, ends_at -> BigInt, used_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    account_request (id) {
        id -> Text, agency_id -> Text, asked_by -> Text, asked_at -> BigInt, full_name -> Text, user_name -> Text,
        email -> Text, role -> Text, valid_from -> Text, valid_to -> Nullable<Text>, reason -> Text, state -> Text,
        decided_by -> Nullable<Text>, decided_at -> Nullable<BigInt>, decision_note -> Nullable<Text>,
        account_id -> Nullable<Text>,
    }
}
diesel::table! {
    focal_point (id) {
        id -> Text, agency_id -> Text, kind -> Text, person_name -> Text, position -> Text, phone -> Text, email -> Text,
        state -> Text, nominated_by -> Text, nominated_at -> BigInt, decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>, decision_number -> Nullable<Text>, decision_date -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}
diesel::table! {
    focal_list (id) {
        id -> Text, number -> Integer, state -> Text, compiled_by -> Text, compiled_at -> BigInt,
        submitted_by -> Nullable<Text>, submitted_on -> Nullable<Text>, letter_number -> Nullable<Text>,
        recorded_by -> Nullable<Text>, recorded_at -> Nullable<BigInt>, decision_number -> Nullable<Text>,
        decision_date -> Nullable<Text>, signer -> Nullable<Text>, link -> Nullable<Text>,
    }
}
diesel::table! {
    focal_list_row (list_id, position) {
        list_id -> Text, position -> Integer, level -> Text, agency_id -> Text, agency_name -> Text, kind -> Text,
        focal_point_id -> Nullable<Text>, person_name -> Text, duty -> Text, phone -> Text, email -> Text,
    }
}
diesel::table! {
    review_campaign (id) {
        id -> Text, opened_by -> Nullable<Text>, opened_at -> BigInt, due_on -> Text,
        ended_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    review_answer (campaign_id, account_id) {
        campaign_id -> Text, account_id -> Text, agency_id -> Nullable<Text>, verdict -> Nullable<Text>,
        ending -> Nullable<Text>, answered_by -> Nullable<Text>, answered_at -> Nullable<BigInt>, outcome -> Nullable<Text>,
    }
}
diesel::table! {
    session (id) {
        id -> Text, key_hash -> Text, account_id -> Nullable<Text>, state -> Text, created_at -> BigInt, seen_at -> BigInt,
        ends_at -> BigInt,
    }
}
diesel::table! {
    dataset (id) {
        id -> Text, slug -> Text, agency_id -> Text, state -> Text, in_catalogue -> Bool, title_vi -> Text, topic -> Text,
        frequency -> Text, search_text -> Text, updated_at -> Nullable<BigInt>,
        current_version_id -> Nullable<Text>, created_at -> BigInt, published_at -> Nullable<BigInt>,
        withdrawn_at -> Nullable<BigInt>, withdrawn_reason_vi -> Nullable<Text>, withdrawn_reason_en -> Nullable<Text>,
        quarantined_at -> Nullable<BigInt>, counts_from -> Nullable<BigInt>, extended_to -> Nullable<Text>,
        listed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    duty (id) {
        id -> Text, kind -> Text, subject -> Text, turn -> Text, agency_id -> Text, title -> Text, from_on -> Text,
        opens_on -> Text, soon_on -> Text, due_on -> Text, state -> Text, basis -> Nullable<Text>, verified -> Bool,
        reminded -> Integer, raised -> Integer, ended_at -> Nullable<BigInt>, ended_how -> Nullable<Text>,
        ended_by -> Nullable<Text>, late -> Bool, opened_at -> BigInt, changed_at -> BigInt,
    }
}
diesel::table! {
    duty_run (id) { id -> Integer, day -> Text, week -> Text, at -> BigInt, }
}
diesel::table! {
    confirmation (id) {
        id -> Text, dataset_id -> Text, version_id -> Text, counted_from -> BigInt, declared -> Text, checked -> Text,
        account_id -> Text, at -> BigInt,
    }
}
diesel::table! {
    extension (id) {
        id -> Text, dataset_id -> Text, counted_from -> BigInt, due_on -> Text, to_on -> Text, reason -> Text,
        state -> Text, asked_by -> Text, asked_at -> BigInt, decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>, answer -> Nullable<Text>,
    }
}
diesel::table! {
    dataset_contact (id) {
        id -> Text, dataset_id -> Text, account_id -> Nullable<Text>, person_name -> Text, duty -> Text, phone -> Text,
        email -> Text, changed_at -> BigInt,
    }
}
diesel::table! {
    resource (id) { id -> Text, dataset_id -> Text, name -> Text, }
}
diesel::table! {
    table_version (id) {
        id -> Text, original_name -> Text, original_sha256 -> Text, original_bytes -> BigInt, parquet_sha256 -> Text,
        parquet_bytes -> BigInt, csv_sha256 -> Text, csv_bytes -> BigInt, row_count -> BigInt, column_count -> Integer,
        set_aside_count -> BigInt, report -> Text, created_at -> BigInt, declared_by -> Nullable<Text>,
        declared_at -> Nullable<BigInt>, masked -> Integer, dataset_id -> Nullable<Text>, purge_id -> Nullable<Text>,
    }
}
diesel::table! {
    table_attempt (table_version_id) { table_version_id -> Text, attempts -> Integer, due_at -> BigInt, }
}
diesel::table! {
    table_file (table_version_id, kind) {
        table_version_id -> Text, kind -> Text, bytes -> BigInt, sha256 -> Text, made_at -> BigInt,
    }
}
diesel::table! {
    version (id) {
        id -> Text, dataset_id -> Text, number -> Nullable<Integer>, state -> Text, metadata -> Text, note_vi -> Nullable<Text>,
        note_en -> Nullable<Text>, author_kind -> Text, author_id -> Nullable<Text>, created_at -> BigInt,
        published_at -> Nullable<BigInt>, hash -> Nullable<Text>, corrects -> Nullable<Text>, purge_id -> Nullable<Text>,
        purged_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    version_contributor (version_id, account_id) { version_id -> Text, account_id -> Text, }
}
diesel::table! {
    version_resource (version_id, resource_id) {
        version_id -> Text, resource_id -> Text, table_version_id -> Text, position -> Integer, title_vi -> Text,
        title_en -> Nullable<Text>, dictionary -> Text,
    }
}
diesel::table! {
    decision (id) {
        id -> Text, version_id -> Text, step -> Text, verdict -> Text, account_id -> Text, reason -> Text, hash -> Text,
        at -> BigInt, seq -> Integer,
    }
}
diesel::table! {
    upload (id) {
        id -> Text, account_id -> Text, dataset_id -> Text, resource_id -> Nullable<Text>, file_name -> Text,
        bytes -> Nullable<BigInt>, received -> BigInt, state -> Text, source_table_id -> Nullable<Text>, choices -> Text,
        problems -> Nullable<Text>, table_version_id -> Nullable<Text>, created_at -> BigInt, changed_at -> BigInt,
        declared_by -> Nullable<Text>, declared_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    upload_part (upload_id, starts_at) { upload_id -> Text, starts_at -> BigInt, bytes -> BigInt, object -> Text, }
}
diesel::table! {
    inventory (id) {
        id -> Text, account_id -> Text, agency_id -> Text, file_name -> Text, content -> Text, created_at -> BigInt,
        entered -> Nullable<Text>,
    }
}
diesel::table! {
    remark (decision_id, position) {
        decision_id -> Text, position -> Integer, field -> Text, text -> Text, value -> Text,
    }
}
diesel::table! {
    recall (decision_id) { decision_id -> Text, account_id -> Text, at -> BigInt, }
}
diesel::table! {
    usage_count (day, dataset_id, kind, format) {
        day -> Text, dataset_id -> Text, kind -> Text, format -> Text, total -> BigInt,
    }
}
diesel::table! {
    vain_search (month, words) { month -> Text, words -> Text, total -> BigInt, }
}
diesel::table! {
    job (id) {
        id -> Text, kind -> Text, payload -> Text, unique_key -> Nullable<Text>, state -> Text, due_at -> BigInt,
        attempts -> Integer, most_attempts -> Integer, token -> BigInt, lease_until -> Nullable<BigInt>, again -> Bool,
        every_seconds -> Nullable<BigInt>, offset_seconds -> Nullable<BigInt>, created_at -> BigInt,
        last_failure -> Nullable<Text>, failed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    mail (id) {
        id -> Text, account_id -> Nullable<Text>, kind -> Text, state -> Text, token -> BigInt, created_at -> BigInt,
        changed_at -> BigInt, last_failure -> Nullable<Text>,
    }
}
diesel::table! {
    notice (id) {
        id -> Text, account_id -> Text, event_id -> Text, event -> Text, args -> Text, link -> Text, at -> BigInt,
        read_at -> Nullable<BigInt>, wish -> Text, mail_id -> Nullable<Text>,
    }
}
diesel::table! {
    notice_choice (account_id) { account_id -> Text, frequency -> Text, }
}

diesel::table! {
    contract_check (table_version_id, contract_hash) {
        table_version_id -> Text, contract_hash -> Text, breaches -> Text, at -> BigInt,
    }
}
diesel::table! {
    contract_acceptance (version_id, breaks_hash) {
        version_id -> Text, breaks_hash -> Text, account_id -> Text, reason -> Text, at -> BigInt,
    }
}
diesel::table! {
    scan_run (id) {
        id -> Text, table_version_id -> Nullable<Text>, version_id -> Nullable<Text>, words_hash -> Text, rules -> Integer,
        row_count -> BigInt, at -> BigInt, superseded -> Bool,
    }
}
diesel::table! {
    finding (id) {
        id -> Text, run_id -> Text, place -> Nullable<Text>, position -> Nullable<Integer>, kind -> Text, severity -> Text,
        total -> BigInt, samples -> Text, row_numbers -> Text,
    }
}
diesel::table! {
    finding_verdict (id) {
        id -> Text, finding_id -> Text, verdict -> Text, reason -> Text, legal_basis -> Nullable<Text>, account_id -> Text,
        at -> BigInt,
    }
}
diesel::table! {
    quasi_identifier (resource_id, title) { resource_id -> Text, title -> Text, }
}
diesel::table! {
    treatment (treated_id) { treated_id -> Text, source_id -> Text, account_id -> Text, at -> BigInt, }
}

diesel::table! {
    error_report (id) {
        id -> Text, receipt_hash -> Text, dataset_id -> Text, version_number -> Integer, kind -> Text, place -> Nullable<Text>,
        description -> Text, evidence -> Nullable<Text>, lang -> Text, reply -> Nullable<Text>, account_id -> Nullable<Text>,
        agency_id -> Nullable<Text>, state -> Text, outcome -> Nullable<Text>, answer -> Nullable<Text>,
        corrected_in -> Nullable<Integer>, made_at -> BigInt, changed_at -> BigInt,
    }
}
diesel::table! {
    error_report_step (report_id, seq) {
        report_id -> Text, seq -> Integer, state -> Text, account_id -> Nullable<Text>, at -> BigInt,
    }
}
diesel::table! {
    data_request (id) {
        id -> Text, receipt_hash -> Text, wanted -> Text, purpose -> Text, agency_id -> Nullable<Text>, lang -> Text,
        reply -> Nullable<Text>, number -> Nullable<Integer>, title -> Nullable<Text>, words -> Nullable<Text>,
        state -> Text, outcome -> Nullable<Text>, answer -> Nullable<Text>, refusal -> Nullable<Text>,
        dataset_id -> Nullable<Text>, promised_on -> Nullable<Text>, merged_into -> Nullable<Text>, supporters -> BigInt,
        search_text -> Text, made_at -> BigInt, changed_at -> BigInt,
    }
}
diesel::table! {
    data_request_step (request_id, seq) {
        request_id -> Text, seq -> Integer, event -> Text, account_id -> Nullable<Text>, at -> BigInt,
    }
}
diesel::table! {
    quarter (id) {
        id -> Text, first_on -> Text, last_on -> Text, return_due_on -> Text, close_on -> Text, opened_at -> BigInt,
        ended_at -> Nullable<BigInt>, closed_at -> Nullable<BigInt>, closed_by -> Nullable<Text>, state -> Text,
        new_count -> Nullable<BigInt>, updated_count -> Nullable<BigInt>, unchanged_count -> Nullable<BigInt>,
        late_count -> Nullable<BigInt>, withdrawn_count -> Nullable<BigInt>,
    }
}
diesel::table! {
    quarter_duty (quarter_id, agency_id, duty_id) {
        quarter_id -> Text, duty_id -> Text, agency_id -> Text, kind -> Text, due_on -> Text, outcome -> Text,
        ended_at -> Nullable<BigInt>, ended_how -> Nullable<Text>,
    }
}
diesel::table! {
    subscription (id) {
        id -> Text, scope -> Text, subject -> Text, address_mark -> Text, box_mark -> Text, sealed -> Text, key_hash -> Text, lang -> Text,
        asked_at -> BigInt, asks -> Integer, confirmed_at -> Nullable<BigInt>, told_until -> Nullable<BigInt>,
    }
}
diesel::table! {
    quarter_voice (quarter_id, agency_id) {
        quarter_id -> Text, agency_id -> Text, known -> Integer, unanswered -> Integer, requests -> Integer, requests_late -> Integer,
    }
}
diesel::table! {
    quarter_return (quarter_id, agency_id) {
        quarter_id -> Text, agency_id -> Text, state -> Text, remarks -> Text, handling -> Text, needs -> Text,
        handled -> Nullable<Text>, signed_by -> Nullable<Text>, signed_name -> Nullable<Text>,
        signed_role -> Nullable<Text>, signed_at -> Nullable<BigInt>, hash -> Nullable<Text>,
        recall_reason -> Nullable<Text>, recalled_at -> Nullable<BigInt>, changed_by -> Nullable<Text>,
        changed_at -> BigInt,
    }
}
diesel::table! {
    return_item (quarter_id, agency_id, position) {
        quarter_id -> Text, agency_id -> Text, position -> Integer, dataset_id -> Nullable<Text>, title -> Text,
        title_hash -> Text, purged -> Bool, kind -> Text, kept_at -> Text, visibility -> Text, planned_on -> Nullable<Text>, row_count -> Nullable<BigInt>,
        updated_at -> Nullable<BigInt>, timeliness -> Nullable<Text>,
    }
}
diesel::table! {
    purge (id) {
        id -> Text, dataset_id -> Text, scope -> Text, target -> Text, reason_vi -> Text, reason_en -> Nullable<Text>,
        legal_basis -> Text, state -> Text, asked_by -> Text, asked_at -> BigInt, decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>, since -> Nullable<BigInt>, objects -> BigInt, bytes -> BigInt,
        done_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    backup_copy (id) {
        id -> Text, place -> Text, taken_on -> Text, kept_until -> Nullable<Text>, registered_by -> Text,
        registered_at -> BigInt, destroyed_by -> Nullable<Text>, destroyed_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    article (id) {
        id -> Text, slug -> Text, kind -> Text, state -> Text, position -> Integer, title_vi -> Text,
        title_en -> Nullable<Text>, body_vi -> Text, body_en -> Nullable<Text>, revision -> Integer, changed_at -> BigInt,
        published_at -> Nullable<BigInt>, withdrawn_at -> Nullable<BigInt>, withdrawn_reason_vi -> Nullable<Text>,
        withdrawn_reason_en -> Nullable<Text>,
    }
}
diesel::table! {
    article_revision (article_id, number) {
        article_id -> Text, number -> Integer, title_vi -> Text, title_en -> Nullable<Text>, body_vi -> Text,
        body_en -> Nullable<Text>, account_id -> Nullable<Text>, at -> BigInt,
    }
}
diesel::table! {
    boundary_set (level, valid_from) {
        level -> Text, valid_from -> Text, valid_to -> Nullable<Text>, source -> Text, licence -> Text, units -> Integer,
        points -> Integer, imported_at -> BigInt,
    }
}
diesel::table! {
    boundary (level, valid_from, code) {
        level -> Text, valid_from -> Text, code -> Text, name_vi -> Text, name_en -> Nullable<Text>, west -> Integer,
        south -> Integer, east -> Integer, north -> Integer, rings -> Text,
    }
}
diesel::table! {
    calendar_day (from_on) {
        from_on -> Text, to_on -> Text, year -> Integer, kind -> Text, name_vi -> Text, name_en -> Nullable<Text>,
        status -> Text, basis -> Nullable<Text>,
    }
}
diesel::table! {
    calendar_year (year) { year -> Integer, entered_at -> BigInt, }
}

diesel::table! {
    signed_decision (id) {
        id -> Text, number -> Text, decided_on -> Text, signer -> Text, authority -> Text, basis -> Nullable<Text>,
        verified -> Bool, file_name -> Text, sha256 -> Text, bytes -> BigInt, recorded_at -> BigInt,
    }
}
diesel::table! {
    catalogue_issue (id) {
        id -> Text, number -> Integer, state -> Text, revision -> Integer, made_by -> Text, made_at -> BigInt,
        submitted_by -> Nullable<Text>, submitted_at -> Nullable<BigInt>, recorded_by -> Nullable<Text>,
        decision_id -> Nullable<Text>, superseded_at -> Nullable<BigInt>,
    }
}
diesel::table! {
    catalogue_entry (issue_id, entry_id) {
        issue_id -> Text, entry_id -> Text, dataset_id -> Nullable<Text>, title_vi -> Text, title_en -> Nullable<Text>,
        agency_id -> Text, topic -> Text, frequency -> Text, sharing -> Text, licence -> Nullable<Text>,
        search_text -> Text,
    }
}
diesel::table! {
    catalogue_removal (issue_id, entry_id) {
        issue_id -> Text, entry_id -> Text, title_vi -> Text, reason -> Text, removed_by -> Text, removed_at -> BigInt,
    }
}
diesel::table! {
    catalogue_posting (id) {
        id -> Text, issue_id -> Text, posted_on -> Text, address -> Text, note -> Nullable<Text>, posted_by -> Text,
        recorded_at -> BigInt,
    }
}
diesel::table! {
    catalogue_review (id) { id -> Text, issue_id -> Text, checked -> Text, account_id -> Text, at -> BigInt, }
}

diesel::table! {
    yearly_plan (id) {
        id -> Text, year -> Integer, state -> Text, revision -> Integer, made_by -> Text, made_at -> BigInt,
        submitted_by -> Nullable<Text>, submitted_at -> Nullable<BigInt>, recorded_by -> Nullable<Text>,
        decision_id -> Nullable<Text>, returned_reason -> Nullable<Text>,
    }
}
diesel::table! {
    plan_item (id) {
        id -> Text, plan_id -> Text, state -> Text, title_vi -> Text, title_en -> Nullable<Text>, agency_id -> Text,
        person -> Nullable<Text>, target_on -> Text, level -> Text, dataset_id -> Nullable<Text>,
        request_id -> Nullable<Text>, reason -> Nullable<Text>, made_by -> Text, settled_on -> Nullable<Text>, approved -> Bool,
    }
}
diesel::table! {
    plan_comment (plan_id, seq) {
        plan_id -> Text, seq -> Integer, account_id -> Text, agency_id -> Text, text -> Text, at -> BigInt,
    }
}

diesel::table! {
    release_key (id) { id -> Text, public_key -> Text, published_at -> BigInt, }
}
diesel::table! {
    release (id) {
        id -> Text, quarter -> Text, as_of -> BigInt, previous_id -> Nullable<Text>, state -> Text, ordered_at -> BigInt,
        done_until -> Nullable<Text>, ready_at -> Nullable<BigInt>, manifest_sha256 -> Nullable<Text>, key_id -> Nullable<Text>,
        signature -> Nullable<Text>,
    }
}
diesel::table! {
    release_entry (release_id, dataset_id) {
        release_id -> Text, dataset_id -> Text, slug -> Text, agency_id -> Text, topic -> Text, version_id -> Text,
        number -> Integer, hash -> Text, published_at -> BigInt, change -> Text, late -> Bool, previous_number -> Nullable<Integer>,
        compared -> Bool, row_total -> BigInt, rows_added -> BigInt, rows_removed -> BigInt, rows_changed -> BigInt,
        cells_changed -> BigInt,
    }
}
diesel::table! {
    release_file (release_id, path) {
        release_id -> Text, path -> Text, dataset_id -> Nullable<Text>, kind -> Text, object -> Text, table_id -> Nullable<Text>,
        older_table_id -> Nullable<Text>, bytes -> BigInt, sha256 -> Text, crc32 -> BigInt,
    }
}

diesel::joinable!(account_role -> account (account_id));
diesel::joinable!(account_role -> agency (agency_id));
diesel::joinable!(account_request -> agency (agency_id));
diesel::joinable!(focal_point -> agency (agency_id));
diesel::joinable!(review_answer -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(account_request, agency);
diesel::allow_tables_to_appear_in_same_query!(focal_point, agency);
diesel::allow_tables_to_appear_in_same_query!(review_answer, account);
diesel::joinable!(duty -> agency (agency_id));
diesel::allow_tables_to_appear_in_same_query!(duty, agency);
diesel::joinable!(quarter_duty -> duty (duty_id));
diesel::joinable!(quarter_duty -> agency (agency_id));
diesel::allow_tables_to_appear_in_same_query!(quarter_duty, duty);
diesel::allow_tables_to_appear_in_same_query!(quarter_duty, agency);
diesel::joinable!(confirmation -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(confirmation, dataset);
diesel::allow_tables_to_appear_in_same_query!(confirmation, account);
diesel::joinable!(extension -> dataset (dataset_id));
diesel::allow_tables_to_appear_in_same_query!(extension, dataset);
diesel::allow_tables_to_appear_in_same_query!(extension, agency);
diesel::joinable!(error_report -> dataset (dataset_id));
diesel::allow_columns_to_appear_in_same_group_by_clause!(dataset::agency_id, error_report::state);
diesel::joinable!(data_request -> agency (agency_id));
diesel::allow_tables_to_appear_in_same_query!(data_request, agency);
diesel::allow_tables_to_appear_in_same_query!(data_request_step, account);
diesel::joinable!(data_request_step -> data_request (request_id));
diesel::allow_tables_to_appear_in_same_query!(data_request_step, data_request);
diesel::joinable!(catalogue_issue -> signed_decision (decision_id));
diesel::joinable!(catalogue_entry -> dataset (dataset_id));
diesel::joinable!(catalogue_entry -> agency (agency_id));
diesel::joinable!(catalogue_entry -> catalogue_issue (issue_id));
diesel::joinable!(catalogue_review -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(catalogue_issue, signed_decision);
diesel::allow_tables_to_appear_in_same_query!(catalogue_entry, agency);
diesel::allow_tables_to_appear_in_same_query!(catalogue_entry, dataset);
diesel::allow_tables_to_appear_in_same_query!(catalogue_entry, catalogue_issue);
diesel::allow_tables_to_appear_in_same_query!(catalogue_review, account);
diesel::joinable!(yearly_plan -> signed_decision (decision_id));
diesel::joinable!(plan_item -> agency (agency_id));
diesel::joinable!(plan_item -> dataset (dataset_id));
diesel::joinable!(plan_item -> data_request (request_id));
diesel::joinable!(plan_comment -> account (account_id));
diesel::joinable!(plan_comment -> agency (agency_id));
diesel::allow_tables_to_appear_in_same_query!(yearly_plan, signed_decision);
diesel::allow_tables_to_appear_in_same_query!(plan_item, agency);
diesel::allow_tables_to_appear_in_same_query!(plan_item, dataset);
diesel::allow_tables_to_appear_in_same_query!(plan_item, data_request);
diesel::allow_tables_to_appear_in_same_query!(data_request, dataset);
diesel::allow_tables_to_appear_in_same_query!(plan_comment, account);
diesel::allow_tables_to_appear_in_same_query!(plan_comment, agency);
diesel::joinable!(purge -> dataset (dataset_id));
diesel::allow_tables_to_appear_in_same_query!(purge, dataset);
diesel::allow_tables_to_appear_in_same_query!(purge, version);
diesel::joinable!(release_entry -> agency (agency_id));
diesel::joinable!(release_entry -> dataset (dataset_id));
diesel::joinable!(release_entry -> version (version_id));
diesel::allow_tables_to_appear_in_same_query!(release_entry, agency);
diesel::allow_tables_to_appear_in_same_query!(release_entry, dataset);
diesel::allow_tables_to_appear_in_same_query!(release_entry, version);
diesel::joinable!(session -> account (account_id));
diesel::joinable!(article_revision -> article (article_id));
diesel::joinable!(article_revision -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(account, article, article_revision);
diesel::joinable!(contract_acceptance -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(contract_acceptance, account);
diesel::joinable!(dataset -> agency (agency_id));
diesel::joinable!(resource -> dataset (dataset_id));
diesel::joinable!(version_resource -> version (version_id));
diesel::joinable!(version_resource -> resource (resource_id));
diesel::joinable!(version_resource -> table_version (table_version_id));
diesel::joinable!(table_file -> table_version (table_version_id));
diesel::joinable!(decision -> version (version_id));
diesel::joinable!(decision -> account (account_id));
diesel::joinable!(remark -> decision (decision_id));
diesel::joinable!(recall -> decision (decision_id));
diesel::joinable!(usage_count -> dataset (dataset_id));
diesel::joinable!(finding -> scan_run (run_id));
diesel::joinable!(finding_verdict -> finding (finding_id));
diesel::joinable!(finding_verdict -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(
    account,
    account_role,
    agency,
    dataset,
    decision,
    error_report,
    error_report_step,
    finding,
    finding_verdict,
    recall,
    remark,
    resource,
    scan_run,
    session,
    table_attempt,
    table_file,
    table_version,
    treatment,
    usage_count,
    version,
    version_contributor,
    version_resource,
);
diesel::allow_tables_to_appear_in_same_query!(subscription, dataset);
