using System.Collections.Concurrent;
using System.Text;
using Seal.Domain.Persons;
using Seal.Service.Vault;

namespace Seal.Service.SignIn;

/// <summary>Which person an account belongs to. The link lies in the vault: outside it nothing ties an account to a person's number.</summary>
public sealed class Accounts(VaultStore vault)
{
    private const string Kind = "account";
    private readonly ConcurrentDictionary<string, PersonId> _known = new();

    /// <summary>The person of an account; <c>null</c> for an account that nobody has.</summary>
    public async Task<PersonId?> FindAsync(string account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (_known.TryGetValue(account, out var known))
        {
            return known;
        }

        if (await vault.FindAsync(KeyOf(account), cancellation) is not { } row)
        {
            return null;
        }

        return _known.GetOrAdd(account, new PersonId(Encoding.UTF8.GetString(row)));
    }

    /// <summary>Links an account to a person.</summary>
    public Task LinkAsync(string account, PersonId person, CancellationToken cancellation) =>
        vault.PutAsync(KeyOf(account), Kind, person.Value, Encoding.UTF8.GetBytes(person.Value), cancellation);

    private static string KeyOf(string account) => $"account:{account}";
}
