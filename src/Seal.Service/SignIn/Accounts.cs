using System.Text;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Vault;

namespace Seal.Service.SignIn;

/// <summary>
/// Which person an account belongs to. The link lies in the vault: outside it nothing ties an account to a person's number. It is looked
/// up each time, so that it is gone for every process once the person is erased.
/// </summary>
public sealed class Accounts(VaultStore vault, StreamLoader loader)
{
    private const string Kind = "account";
    private const string KeyBegins = "account:";

    /// <summary>The person of an account; <c>null</c> for an account that nobody has, or whose person is being erased.</summary>
    public async Task<PersonId?> FindAsync(string account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (await vault.FindAsync(KeyOf(account), cancellation) is not { } row)
        {
            return null;
        }

        var person = new PersonId(Encoding.UTF8.GetString(row));
        var states = await loader.LoadAsync([person.Stream], States.None, ReadUntil.All, cancellation);
        return states.Get<Person>(person.Stream).IsRegistered ? person : null;
    }

    /// <summary>Links an account to a person.</summary>
    public Task LinkAsync(string account, PersonId person, CancellationToken cancellation) =>
        vault.PutAsync(KeyOf(account), Kind, person.Value, Encoding.UTF8.GetBytes(person.Value), cancellation);

    /// <summary>The accounts of a person.</summary>
    public async Task<IReadOnlyList<string>> OfPersonAsync(PersonId person, CancellationToken cancellation)
    {
        List<string> accounts = [];
        await foreach (var row in vault.OfPersonAsync(person.Value, cancellation))
        {
            if (row.Key.StartsWith(KeyBegins, StringComparison.Ordinal))
            {
                accounts.Add(row.Key[KeyBegins.Length..]);
            }
        }

        return accounts;
    }

    private static string KeyOf(string account) => $"{KeyBegins}{account}";
}
