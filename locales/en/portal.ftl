# Words of the parts built later: home page, preview, import report, audit log, command line.

home-example-queries = gia dat, truong hoc, bus routes, rice
column-characters = { $count } characters
value-true = True
value-false = False

import-container = Kind of file
import-encoding = Encoding
import-delimiter = Delimiter
import-delimiter-tab = tab
import-sheet = Sheet
import-header = Header
import-header-row = row { $row }
import-header-rows = rows { $first } to { $last }
import-no-header = none; columns are named by their place
import-original = Original file

audit-actor-public = Reader
audit-actor-account = Account
audit-actor-operator = Operator
audit-actor-system = Program
audit-outcome-done = Done
audit-outcome-refused = Refused
audit-action-account-create = Make an account
audit-action-account-set-password = Set a password
account-language-saved = The language has been saved.
audit-action-account-set-language = Choose a language
audit-action-account-sign-in = Sign in
audit-action-account-sign-out = Sign out
audit-action-agency-register = Enter an agency in the directory
audit-action-dataset-create = Make a dataset
audit-action-dataset-import = Read a file into the draft
audit-action-dataset-publish = Publish
audit-action-dataset-withdraw = Withdraw
audit-action-review-decide = Decide in review

decision-submitted = Submitted
decision-approved = Approved
decision-changes-asked = Changes asked for
decision-refused = Refused

problem-account-unknown = There is no account “{ $name }”. Check the user name.
problem-agency-kind-unknown = The profile has no kind of agency “{ $name }”. Choose a kind code of the profile.
problem-role-unknown = The profile has no role “{ $name }”. Choose a role code of the profile.
problem-agency-unknown = There is no agency “{ $name }”. Check the name, or enter the agency in the directory first.
problem-dataset-unknown = There is no dataset “{ $name }”. Check the name in the dataset's address.
problem-topic-unknown = There is no topic “{ $name }”. Choose a topic code of the profile.
problem-frequency-unknown = There is no frequency “{ $name }”. Choose daily, weekly, monthly, quarterly, half-yearly, yearly, irregular or never.
problem-date-form = Write the date as day/month/year, for example 31/08/2026.
problem-demo-folder-taken = The folder { $path } holds data that no demo made. Choose another folder with --dir.
problem-file-missing = There is no file { $path }. Check the path.
problem-file-unreadable = The file { $path } cannot be read. Check that you may read it and that the disk is sound, then try again.
problem-import-agency-missing = This dataset is not there yet. Add --agency to say whose it is.
problem-import-dataset-missing = Add --dataset to say which dataset the file belongs to.
problem-manifest-missing = The folder { $path } has no manifest.json or datapackage.json. Add one of the two.
problem-manifest-path = The manifest points to “{ $path }” outside the folder. Use relative paths inside the folder only.
problem-manifest-unreadable = The manifest { $path } cannot be read. Mend it to the form of a Data Package and try again.
problem-outside-network = The internal portal is open to the agencies' networks only. Connect from an allowed network.
problem-reindex-waiting = The running programs have not finished rebuilding. Wait a little and look into their logs.
problem-withdrawn = The dataset has been withdrawn.

lang-vi = Tiếng Việt
lang-en = English
