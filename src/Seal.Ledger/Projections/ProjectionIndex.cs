namespace Seal.Ledger;

/// <summary>An index over fields of a projection's rows. Only fields named in an index can be asked for.</summary>
/// <param name="Fields">The fields, the most selective first. A <see cref="FieldKind.Texts"/> field stands alone.</param>
public sealed record ProjectionIndex(params IReadOnlyList<ProjectionField> Fields);

/// <summary>A field of a row's document.</summary>
/// <param name="Path">Names of members joined by dots, such as <c>owner.uscc</c>.</param>
/// <param name="Kind">How it is compared.</param>
public sealed record ProjectionField(string Path, FieldKind Kind = FieldKind.Text);

/// <summary>How a field is compared.</summary>
public enum FieldKind
{
    /// <summary>By its characters' code points; times are written in RFC 3339, UTC, one width, so that this is their order. Truth values are the texts <c>true</c> and <c>false</c>.</summary>
    Text,

    /// <summary>As a number.</summary>
    Number,

    /// <summary>An array of texts, asked whether it contains one.</summary>
    Texts,
}
