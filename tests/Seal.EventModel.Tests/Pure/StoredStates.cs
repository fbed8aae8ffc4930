using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.EventModel.Tests.Pure;

/// <summary>Whether states can be kept as JSON between events and folded on, as a projection does, and come to the same.</summary>
public static class StoredStates
{
    private static readonly JsonSerializerOptions Rows = new(DomainJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private static readonly Dictionary<string, MethodInfo> Folds = typeof(IEvent).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IState<>)))
        .ToDictionary(
            type => (string)type.GetProperty("StreamType")!.GetValue(null)!,
            type => typeof(StoredStates).GetMethod(nameof(Fold), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type));

    /// <summary>Folds a stream in both ways; <c>null</c> for streams that have no state.</summary>
    public static (string InMemory, string Stored)? Of(StreamId stream, IEnumerable<IEvent> events) =>
        Folds.TryGetValue(stream.Type, out var fold) ? ((string, string))fold.Invoke(null, [events])! : null;

    private static (string InMemory, string Stored) Fold<TState>(IEnumerable<IEvent> events) where TState : class, IState<TState>
    {
        var (inMemory, stored) = (TState.Initial, JsonSerializer.Serialize(TState.Initial, Rows));
        foreach (var happened in events)
        {
            inMemory = inMemory.Apply(happened);
            stored = JsonSerializer.Serialize(Read(stored).Apply(happened), Rows);
        }

        return (JsonSerializer.Serialize(inMemory, Rows), JsonSerializer.Serialize(Read(stored), Rows));

        static TState Read(string row) => JsonSerializer.Deserialize<TState>(row, DomainJson.Options)!;
    }
}
