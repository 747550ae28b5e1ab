namespace Cybertemp.Mail.Schema;

/// <summary>The database was migrated by a newer program: this one might misread it and must not start.</summary>
internal sealed class SchemaTooNewException(int found, int known)
    : Exception(
        $"The database has schema version {found}, this program knows {known}: start a newer version of the program.");
