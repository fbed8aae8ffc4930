namespace Seal.Domain.Organisations;

/// <summary>What a name of an organisation or of a seal looks like.</summary>
internal static class OrganisationName
{
    /// <summary>Whether a text can be such a name: 1–100 characters, none of control, no slash, no blank ends.</summary>
    internal static bool IsWellFormed(string text) =>
        text.Length is >= 1 and <= 100 && text.Trim().Length == text.Length && !text.Any(c => char.IsControl(c) || c is '/' or '\\');
}
