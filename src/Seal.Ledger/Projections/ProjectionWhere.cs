using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>Collects the conditions of a query. Every value becomes a parameter; only checked field paths enter the text.</summary>
internal sealed class ProjectionWhere
{
    private readonly ProjectionTable _table;
    private readonly List<string> _conditions = [];

    public ProjectionWhere(ProjectionTable table, IEnumerable<ProjectionFilter> filters)
    {
        _table = table;
        foreach (var filter in filters)
        {
            Add(filter);
        }
    }

    public List<NpgsqlParameter> Parameters { get; } = [];

    public override string ToString() => _conditions.Count == 0 ? "" : new StringBuilder(" where ").AppendJoin(" and ", _conditions).ToString();

    public void Add(string condition) => _conditions.Add(condition);

    /// <summary>Adds a parameter and gives its place holder.</summary>
    public string Parameter(NpgsqlParameter parameter)
    {
        Parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${Parameters.Count}");
    }

    private void Add(ProjectionFilter filter)
    {
        var field = _table.Field(filter.Path);
        var expression = _table.Expression(field);
        switch (filter)
        {
            case ProjectionFilter.Is { Value: string text } when field.Kind == FieldKind.Texts:
                Add($"{expression} @> {Parameter(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(new[] { text }), NpgsqlDbType = NpgsqlDbType.Jsonb })}");
                break;
            case ProjectionFilter.Is equal:
                Add($"{expression} = {Parameter(Value(field, equal.Value))}");
                break;
            case ProjectionFilter.IsAnyOf any when field.Kind == FieldKind.Text:
                Add($"{expression} = any({Parameter(Sql.Texts(any.Values))})");
                break;
            case ProjectionFilter.Between between:
                if (between.From is { } from)
                {
                    Add($"{expression} >= {Parameter(Value(field, from))}");
                }

                if (between.Before is { } before)
                {
                    Add($"{expression} < {Parameter(Value(field, before))}");
                }

                break;
            default:
                throw new ArgumentException($"The field '{field.Path}' of kind {field.Kind} cannot be asked like that.", nameof(filter));
        }
    }

    private static NpgsqlParameter Value(ProjectionField field, object value) => (field.Kind, value) switch
    {
        (FieldKind.Text, string text) => Sql.Text(text),
        (FieldKind.Number, decimal or long or int) => new NpgsqlParameter<decimal>
        {
            TypedValue = Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            NpgsqlDbType = NpgsqlDbType.Numeric,
        },
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be compared with the field '{field.Path}' of kind {field.Kind}.", nameof(value)),
    };
}
