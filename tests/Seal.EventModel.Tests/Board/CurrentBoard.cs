using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Board;

public sealed class CurrentBoard
{
    [Fact]
    public void The_board_shows_the_model_as_it_is()
    {
        var board = Path.Combine(WrittenModel.Folder, "board.md");
        var received = Path.Combine(WrittenModel.Folder, "board.received.md");
        var made = BoardWriter.Write(WrittenModel.Current);
        if (File.Exists(board) && File.ReadAllText(board) == made)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, made);
        Assert.Fail("eventmodel/board.md is not current. Look at eventmodel/board.received.md and put it in its place.");
    }
}
