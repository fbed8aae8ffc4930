using System.Globalization;

namespace Seal.Ledger.Projections;

/// <summary>The inline projections of this process.</summary>
internal sealed class ProjectionSet
{
    private readonly Dictionary<string, List<ProjectionTable>> _byType = [];

    public ProjectionSet(IReadOnlyList<InlineProjection> projections)
    {
        Tables = [.. projections.Select(p => new ProjectionTable(p))];
        if (Tables.DistinctBy(t => t.Name).Count() != Tables.Count)
        {
            throw new ArgumentException("Two projections have the same name.", nameof(projections));
        }

        foreach (var table in Tables)
        {
            foreach (var type in table.Projection.Types)
            {
                if (!_byType.TryGetValue(type, out var tables))
                {
                    _byType.Add(type, tables = []);
                }

                tables.Add(table);
            }
        }

        Fingerprint = string.Join(", ", Tables.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Projection.Name}:{t.Projection.Version}")).Order(StringComparer.Ordinal));
    }

    public IReadOnlyList<ProjectionTable> Tables { get; }

    /// <summary>Names and versions of all of them; processes that append must agree on it.</summary>
    public string Fingerprint { get; }

    /// <summary>The rows that an event will change.</summary>
    public IReadOnlyList<ProjectionTarget> TargetsOf(EventToProject e) => _byType.TryGetValue(e.Type, out var tables)
        ? [.. tables.SelectMany(t => t.Projection.KeysOf(e).Distinct().Select(key => new ProjectionTarget(t, key)))]
        : [];
}
