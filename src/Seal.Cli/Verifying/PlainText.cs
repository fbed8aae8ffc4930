using System.Globalization;

namespace Seal.Cli.Verifying;

/// <summary>Text from a file or a certificate, made fit for a terminal.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text without what would steer the terminal or turn the direction of writing: who made the file must not be able
    /// to paint a verdict of his own.
    /// </summary>
    public static string Of(string text) => string.Concat(text.Select(c => IsHarmless(c) ? c : '\uFFFD'));

    private static bool IsHarmless(char c) => char.GetUnicodeCategory(c) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
