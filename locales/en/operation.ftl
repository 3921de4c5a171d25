# Running the portal: backups.
problem-backup-incomplete = { $path } holds no whole backup: its manifest.json is missing. It broke off, or is another folder. Take another backup, or name the right folder.
problem-backup-damaged = The backup is damaged: { $file } is not what its manifest says. Take the file from another copy of the backup.
problem-backup-newer = The backup { $path } is of a newer Khomo. Restore it with that version or a later one.
problem-backup-there = { $path } holds a whole backup already. Name another folder.
problem-backup-not-empty = { $path } holds something else. Name a folder that is empty or not there yet.
problem-backup-unsettled = While the objects were copied, data were purged or uploads ended again and again. Run the same command once more.
problem-backup-object-missing = The object { $name } is missing in the store, or is not what the database says of it. Bring it back from an earlier backup, or take this one with --accept-missing.
problem-backup-tables = The tables of the backup are not those of the migration { $migration }. Restore it with the Khomo that took it.
problem-restore-database = The database holds data already. A backup is restored into an empty one only: name another in KHOMO_DATABASE_URL. If a restore broke off after its tables were filled, run “khomo migrate”, “khomo reindex” and “khomo audit verify”.
problem-restore-files = The store holds { $name }, which is not of this backup. A backup is restored into an empty store only: name another in KHOMO_FILES.
problem-restore-object = The object { $name } in the store is not what the backup says. Empty the store and run “khomo restore” again.
problem-restore-audit = The restored audit log does not end as the backup says, or is broken at entry { $seq }. Do not serve from it; restore another backup.

# What “khomo doctor” finds.
problem-doctor-store = The store { $place } cannot be written to and read. See its rights, its disk and the keys (KHOMO_FILES, KHOMO_S3_ENDPOINT, KHOMO_S3_ACCESS_KEY, KHOMO_S3_SECRET_KEY); the cause stands in the line of the log above.
problem-doctor-folder = { $path } cannot be written to. Make the folder and give the program's user the right to write there, or name another in { $setting }.
problem-doctor-space = The disk of { $path } has { $free } MiB left. Make room, or move it to a larger disk ({ $setting }).
problem-doctor-mail = The mail server does not answer, or refuses us. See KHOMO_MAIL, the network and the server's certificate (KHOMO_MAIL_CA); the cause stands in the line of the log above. Until then letters wait.
problem-doctor-programs-none = No program serves from this database. Start “khomo serve”.
problem-doctor-program-silent = The program { $id } has not been heard of for { $minutes } min. If it was killed, nothing is to be done: its entry goes after a day. If it should run, see its log.
problem-doctor-clock = The clock of the program { $id } is { $seconds } s ahead of this machine's. Set both by the same time server.
problem-doctor-index = The search index of the program { $id } lacks { $count } changes. If that is so in a minute still, see its log, then run “khomo reindex”.
problem-doctor-jobs-dead = { $count ->
    [one] One job was
   *[other] { $count } jobs were
 } given up. “khomo jobs list” says why; when the cause is mended, “khomo jobs put-back” tries again.
problem-doctor-jobs-late = A job has been due for { $minutes } min and nobody does it. Start “khomo serve”, or see its log.
problem-doctor-audit = The audit log is broken at entry { $seq }: somebody changed it past the portal. Keep the database as it is, tell the auditors, and compare with the last backup.
problem-doctor-audit-heads = The audit log does not agree with line { $line } of KHOMO_AUDIT_HEADS (entry { $seq }): it was cut off or written anew, or another database stands here. Tell the auditors, and compare with the last backup.
problem-doctor-object-missing = The object { $name } is missing in the store. Bring it back from a backup (folder “objects”) under the same name.
problem-doctor-object-differs = The object { $name } is not what the database says of it. Put the one of a backup (folder “objects”) in its place.
problem-doctor-objects-more = { $count ->
    [one] One more object is
   *[other] { $count } more objects are
 } missing or differ.
problem-doctor-objects-left = { $count ->
    [one] One object is
   *[other] { $count } objects are
 } older than a day and named by nobody. “khomo serve” removes such every hour, “khomo sweep” at once.
problem-doctor-backup-none = No backup is registered. Run “khomo backup DIR --by USER”, or register yours in the portal, under Backups.
problem-doctor-backup-old = The last backup that is registered was taken on { $day }. Take another, or register it.
problem-doctor-backup-over = The backup at { $place } was to be kept until { $day }. Destroy it and say so in the portal, under Backups.
problem-doctor-keys = { $count ->
    [one] A key of a program ends
   *[other] { $count } keys of programs end
 } within 14 days. Their owners make new ones on the page of their account.

# What “khomo check --deploy” finds.
problem-deploy-development = KHOMO_DEVELOPMENT is on. Take it away: the gallery of components is not for the public.
problem-deploy-illustration = The profile { $name } comes with the program as an illustration: its rules follow real regulations, “by configuration” where a text was not read, but no province has put it into force, and every page says so. Write one of your province, which may extend the same rules (KHOMO_OVERRIDES, folder “profiles”), and name it in KHOMO_PROFILE.
problem-deploy-test-setting = { $name } is set, which only tests read. Take it away.
problem-deploy-root = The program runs as root. Give it a user of its own.
problem-deploy-https = { $name } is { $url }, without encryption. Put a proxy with TLS in front and set the https:// address.
problem-deploy-loopback = { $name } is { $url }, which nobody else can reach. Set the address that people see.
problem-deploy-same-address = Both portals have the same address. Give the internal one a host of its own.
problem-deploy-listens = { $name } is { $addr }: anybody who reaches this machine reaches it without the proxy. Let it listen where only the proxy does.
problem-deploy-proxy-none = KHOMO_TRUSTED_PROXIES is empty. Behind a proxy every request then seems to come from it: limits hit everybody at once, and a proxy on this machine opens the internal portal to all. Name the proxy.
problem-deploy-everybody = { $name } holds every address. Name the proxies, or the networks of the agencies, alone.
problem-deploy-mail = KHOMO_MAIL is not set: nobody gets mail, and a forgotten password needs an administrator. Set it, with KHOMO_MAIL_FROM.
problem-deploy-heads = Neither KHOMO_AUDIT_HEADS nor KHOMO_AUDIT_SYSLOG is set: whoever holds the database could write the audit log anew unseen. Set one, on another disk or machine.
problem-deploy-heads-disk = { $path } (KHOMO_AUDIT_HEADS) lies on the disk of the database. Put it on another disk or machine.
problem-deploy-rights = Everybody on this machine may read { $path }. Take the rights of others away (chmod o= …).
problem-deploy-database-plain = The database at { $host } is spoken to without a checked certificate. Add sslmode=verify-full to KHOMO_DATABASE_URL.
problem-deploy-cookie-key = KHOMO_COOKIE_KEY is not set: each program would make its own, and nobody stays signed in. Set the same for all: “openssl rand -hex 64”.
problem-deploy-cookie-key-kept = KHOMO_COOKIE_KEY is not set; the key is kept in { $path }. Second factors are sealed under it: keep a copy away from the backups, or set it.
problem-deploy-factor-none = No role needs a second factor. Name roles in accounts.second_factor_roles of the profile.
problem-deploy-factor = { $count ->
    [one] One person has
   *[other] { $count } persons have
 } not set up the second factor that their role needs. They are asked for it at their next sign-in.
problem-deploy-passwords = { $count ->
    [one] One account still has
   *[other] { $count } accounts still have
 } the password that it was given more than a week ago. Ask its owner to sign in, or lock it.
