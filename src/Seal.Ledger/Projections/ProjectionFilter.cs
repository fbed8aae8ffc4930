namespace Seal.Ledger;

/// <summary>What rows a query wants. All filters of a query must hold.</summary>
public abstract record ProjectionFilter
{
    private ProjectionFilter(string path) => Path = path;

    /// <summary>The field, as an index of the projection names it.</summary>
    public string Path { get; }

    /// <summary>The field has this value: a text, a number or, for a field of texts, one of them.</summary>
    public sealed record Is : ProjectionFilter
    {
        /// <summary>Creates the filter.</summary>
        /// <param name="path">The field.</param>
        /// <param name="value">A <see cref="string"/>, or a <see cref="decimal"/> or <see cref="long"/> for a number.</param>
        public Is(string path, object value)
            : base(path) => Value = value;

        /// <summary>The value.</summary>
        public object Value { get; }
    }

    /// <summary>The field has one of these values.</summary>
    public sealed record IsAnyOf : ProjectionFilter
    {
        /// <summary>Creates the filter.</summary>
        /// <param name="path">A text field.</param>
        /// <param name="values">The values; none means that no row is wanted.</param>
        public IsAnyOf(string path, IReadOnlyCollection<string> values)
            : base(path) => Values = values;

        /// <summary>The values.</summary>
        public IReadOnlyCollection<string> Values { get; }
    }

    /// <summary>The field lies in a range.</summary>
    public sealed record Between : ProjectionFilter
    {
        /// <summary>Creates the filter.</summary>
        /// <param name="path">A text or number field.</param>
        /// <param name="from">The least value wanted; null if there is no least.</param>
        /// <param name="before">The first value not wanted any more; null if there is none.</param>
        public Between(string path, object? from, object? before)
            : base(path)
        {
            From = from;
            Before = before;
        }

        /// <summary>The least value wanted.</summary>
        public object? From { get; }

        /// <summary>The first value not wanted any more.</summary>
        public object? Before { get; }
    }
}
