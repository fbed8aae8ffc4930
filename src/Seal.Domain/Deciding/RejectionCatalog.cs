using System.Collections.Frozen;
using System.Reflection;

namespace Seal.Domain.Deciding;

/// <summary>Every rejection of the domain, by its code.</summary>
public static class RejectionCatalog
{
    private static readonly FrozenDictionary<string, Rejection> ByCode = typeof(Rejection).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(RejectionsAttribute)))
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Where(property => property.PropertyType == typeof(Rejection))
        .Select(property => (Rejection)property.GetValue(null)!)
        .ToFrozenDictionary(rejection => rejection.Code, StringComparer.Ordinal);

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Rejection> All { get; } = [.. ByCode.Values.OrderBy(rejection => rejection.Code, StringComparer.Ordinal)];

    /// <summary>The rejection with a code; <c>null</c> when there is none.</summary>
    public static Rejection? Find(string code) => ByCode.GetValueOrDefault(code);
}
