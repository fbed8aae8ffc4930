using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Something a revision does.</summary>
/// <param name="Kind">How grave it is.</param>
/// <param name="What">What exactly, for the eye.</param>
/// <param name="Field">The form field concerned, by its full name; null when it is not about one.</param>
internal sealed record ObservedChange(ChangeKind Kind, string What, string? Field = null);

/// <summary>
/// What the rules found while comparing two revisions: objects whose every difference was looked at, and the ways
/// (a value in its place in the new revision) along which further objects may be new or different.
/// </summary>
internal sealed class Allowances
{
    private readonly Dictionary<PdfObject, ObservedChange> _ways = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _compared = [];
    private readonly List<ObservedChange> _observed = [];

    /// <summary>The ways, each with what a change found along it would mean.</summary>
    public IReadOnlyDictionary<PdfObject, ObservedChange> Ways => _ways;

    public IReadOnlyList<ObservedChange> Observed => _observed;

    /// <summary>Lets what is reached through this very value differ.</summary>
    public void Allow(PdfObject? way, ObservedChange meaning)
    {
        // Numbers, names and the like lead nowhere, and small numbers share their instances.
        if (way is PdfReference or PdfArray or PdfDictionary)
        {
            _ways[way] = meaning;
        }
    }

    public void Observe(ObservedChange change) => _observed.Add(change);

    public void Forbid(string what) => Observe(new ObservedChange(ChangeKind.Other, what));

    /// <summary>What is compared key by key must have each key once.</summary>
    public void ForbidAmbiguity(PdfDictionary dictionary, string what)
    {
        if (dictionary.HasDuplicateKeys)
        {
            Forbid($"{what} has a key twice");
        }
    }

    /// <summary>Every difference of this object has been allowed, observed or forbidden by itself.</summary>
    public void Compared(int number) => _compared.Add(number);

    public bool IsCompared(int number) => _compared.Contains(number);
}
