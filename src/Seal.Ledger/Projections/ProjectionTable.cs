using System.Text.RegularExpressions;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>The SQL of one projection's table. All that enters the texts matches the patterns below.</summary>
internal sealed partial class ProjectionTable
{
    private readonly Dictionary<string, ProjectionField> _fields;

    public ProjectionTable(InlineProjection projection)
    {
        if (!NamePattern().IsMatch(projection.Name))
        {
            throw new ArgumentException($"'{projection.Name}' cannot name a projection: small letters, digits and _, at most 40.", nameof(projection));
        }

        foreach (var field in projection.Indexes.SelectMany(i => i.Fields))
        {
            if (!PathPattern().IsMatch(field.Path))
            {
                throw new ArgumentException($"'{field.Path}' cannot be the path of a field of '{projection.Name}'.", nameof(projection));
            }
        }

        Projection = projection;
        _fields = projection.Indexes.SelectMany(i => i.Fields).DistinctBy(f => f.Path).ToDictionary(f => f.Path);
        Select = $"select key, position, document::text from {Name} where key = any($1)";
        Upsert = $"""
            insert into {Name} (key, position, document) select * from unnest($1::text[], $2::bigint[], $3::jsonb[])
            on conflict (key) do update set position = excluded.position, document = excluded.document
            """;
        Delete = $"delete from {Name} where key = any($1)";
    }

    public InlineProjection Projection { get; }

    public string Name => "projections." + Projection.Name;

    /// <summary>The table that a rebuild fills, beside the one in use.</summary>
    public string NameBeside => Name + "_beside";

    public string Select { get; }

    public string Upsert { get; }

    public string Delete { get; }

    /// <summary>The field's expression, exactly as it is indexed.</summary>
    public string Expression(ProjectionField field)
    {
        var path = "{" + field.Path.Replace('.', ',') + "}";
        return field.Kind switch
        {
            FieldKind.Number => $"((document #>> '{path}')::numeric)",
            FieldKind.Texts => $"(document #> '{path}')",
            _ => $"((document #>> '{path}') collate \"C\")",
        };
    }

    public ProjectionField Field(string path) => _fields.TryGetValue(path, out var field)
        ? field
        : throw new ArgumentException($"The projection '{Projection.Name}' has no index over '{path}'.", nameof(path));

    /// <summary>Creates the empty table beside, without its indexes: those are made when it is full.</summary>
    public string CreateBeside() => $"""
        drop table if exists {NameBeside};
        create table {NameBeside} (key text collate "C" not null primary key, position bigint not null, document jsonb not null);
        """;

    /// <summary>Puts the table beside in the place of the one in use, with its indexes and the service's rights.</summary>
    public string Switch(string serviceRole)
    {
        var role = Sql.Quote(serviceRole);
        var indexes = Projection.Indexes.Select(index => index.Fields[0].Kind == FieldKind.Texts
            ? $"create index on {NameBeside} using gin ({Expression(index.Fields[0])});"
            : $"create index on {NameBeside} ({string.Join(", ", index.Fields.Select(Expression))}, position);");
        return $"""
            create index on {NameBeside} (position, key);
            {string.Join('\n', indexes)}
            drop table if exists {Name};
            alter table {NameBeside} rename to {Projection.Name};
            grant select, insert, update, delete on {Name} to {role};
            """;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*$")]
    private static partial Regex PathPattern();
}
