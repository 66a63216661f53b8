// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CallBatch} from "../../src/batch/CallBatch.sol";
import {Vm, vm} from "../support/Vm.sol";
import {World} from "../support/World.sol";

/// @notice A callee that does what callees may do.
contract Callee {
    error Refused(uint256 number);

    mapping(uint256 number => uint256) public times;
    uint256 public gasSeen;
    address public callerSeen;

    function take(uint256 number) external returns (uint256) {
        gasSeen = gasleft();
        callerSeen = msg.sender;
        return ++times[number];
    }

    function refuse(uint256 number) external pure {
        revert Refused(number);
    }

    function burn() external pure {
        while (true) {}
    }

    function bomb(uint256 bytes_) external pure {
        assembly {
            revert(0, bytes_)
        }
    }

    function comeBack(CallBatch batch, CallBatch.Item[] calldata items) external {
        batch.execute(items);
    }
}

contract CallBatchTest is World {
    uint64 private constant GAS = 100_000;
    bytes32 private constant CALLED = keccak256("Called(address,uint256,bool,uint64,uint256,bytes)");

    Callee private callee = new Callee();
    CallBatch private batch;

    struct Outcome {
        address caller;
        uint256 index;
        bool success;
        uint64 gas;
        uint256 gasUsed;
        bytes data;
    }

    function setUp() public override {
        batch = vm.envOr("EARNEST_RELEASE", false) ? CallBatch(create("CallBatch", "")) : new CallBatch();
    }

    function take(uint256 number) private view returns (CallBatch.Item memory) {
        return CallBatch.Item(address(callee), GAS, abi.encodeCall(Callee.take, (number)));
    }

    function refuse(uint256 number) private view returns (CallBatch.Item memory) {
        return CallBatch.Item(address(callee), GAS, abi.encodeCall(Callee.refuse, (number)));
    }

    function run(CallBatch.Item[] memory items) private returns (Outcome[] memory outcomes) {
        vm.recordLogs();
        uint256 succeeded = batch.execute(items);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        outcomes = new Outcome[](logs.length);
        for (uint256 i = 0; i < logs.length; ++i) {
            eq(logs[i].emitter, address(batch), "emitter");
            eq(logs[i].topics[0], CALLED, "event");
            outcomes[i] = outcome(logs[i]);
            if (outcomes[i].caller == address(this)) {
                check(
                    (succeeded >> outcomes[i].index & 1 == 1) == outcomes[i].success, "as the rehearsal says"
                );
            }
        }
        eq(succeeded >> items.length, 0, "no other bits");
    }

    function outcome(Vm.Log memory log) private pure returns (Outcome memory) {
        (bool success, uint64 gas, uint256 gasUsed, bytes memory data) =
            abi.decode(log.data, (bool, uint64, uint256, bytes));
        address caller = address(uint160(uint256(log.topics[1])));
        return Outcome(caller, uint256(log.topics[2]), success, gas, gasUsed, data);
    }

    function test_batch_triesEach() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](3);
        (items[0], items[1], items[2]) = (take(1), refuse(7), take(2));
        Outcome[] memory outcomes = run(items);
        eq(outcomes.length, 3, "one event each");
        for (uint256 i = 0; i < 3; ++i) {
            eq(outcomes[i].index, i, "in order");
            eq(outcomes[i].caller, address(this), "by whom");
            check(outcomes[i].success == (i != 1), "success");
        }
        eq(outcomes[0].data, abi.encode(1), "what it returned");
        eq(outcomes[1].data, abi.encodeWithSelector(Callee.Refused.selector, 7), "what it reverted with");
        eq(callee.times(1) + callee.times(2), 2, "both were done");
        eq(callee.callerSeen(), address(batch), "who called");
    }

    /// Whatever succeeds is done once, and nothing else, whichever items revert.
    function testFuzz_batch_oneDoesNotTouchAnother(uint256 seed, uint256 count) public {
        count = within(count, 1, 64);
        CallBatch.Item[] memory items = new CallBatch.Item[](count);
        for (uint256 i = 0; i < count; ++i) {
            items[i] = seed >> i & 1 == 0 ? take(i) : refuse(i);
        }
        Outcome[] memory outcomes = run(items);
        eq(outcomes.length, count, "one event each");
        for (uint256 i = 0; i < count; ++i) {
            bool good = seed >> i & 1 == 0;
            check(outcomes[i].success == good, "success");
            eq(callee.times(i), good ? 1 : 0, "times");
        }
    }

    function test_batch_boundsReturnData() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](2);
        items[0] = CallBatch.Item(address(callee), GAS, abi.encodeCall(Callee.bomb, (20_000)));
        items[1] = take(1);
        Outcome[] memory outcomes = run(items);
        eq(outcomes[0].data.length, 256, "cut");
        check(!outcomes[0].success && outcomes[1].success, "the next is well");
    }

    /// All that a hostile item can burn is its own: the later ones get what they are promised.
    function test_batch_nobodyStarvesAnother() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](4);
        for (uint256 i = 0; i < 3; ++i) {
            items[i] = CallBatch.Item(address(callee), 1_000_000, abi.encodeCall(Callee.burn, ()));
        }
        items[3] = take(1);
        Outcome[] memory outcomes = run(items);
        for (uint256 i = 0; i < 3; ++i) {
            check(!outcomes[i].success, "burnt");
            eq(outcomes[i].gas, 1_000_000, "its promise");
            check(outcomes[i].gasUsed >= 1_000_000 && outcomes[i].gasUsed < 1_010_000, "and all of it");
        }
        check(outcomes[3].gasUsed < GAS, "less");
        check(outcomes[3].success, "the last is well");
        // what the dispatcher spends before it looks
        check(callee.gasSeen() > GAS - 2_000 && callee.gasSeen() < GAS, "exactly the promise");
    }

    /// With any gas a batch either reverts as a whole, or gives every item its promise.
    function testFuzz_batch_anyGas(uint256 gasGiven) public {
        gasGiven = within(gasGiven, 30_000, 3_000_000);
        CallBatch.Item[] memory items = new CallBatch.Item[](3);
        items[0] = CallBatch.Item(address(callee), 500_000, abi.encodeCall(Callee.burn, ()));
        items[1] = CallBatch.Item(address(callee), 500_000, abi.encodeCall(Callee.burn, ()));
        items[2] = take(1);
        try batch.execute{gas: gasGiven}(items) {
            eq(callee.times(1), 1, "done");
            check(callee.gasSeen() > GAS - 2_000, "the promise");
        } catch {
            eq(callee.times(1), 0, "nothing was done");
        }
    }

    function test_batch_revertsWholeForWantOfGas() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](2);
        (items[0], items[1]) = (take(1), take(2));
        (bool done, bytes memory data) =
            address(batch).call{gas: 200_000}(abi.encodeCall(batch.execute, (items)));
        check(!done, "reverts");
        eq(bytes32(bytes4(data)), bytes32(CallBatch.InsufficientGas.selector), "by its name");
        eq(callee.times(1), 0, "nothing was done");
    }

    /// A callee that comes back emits events of its own, under its own name.
    function test_batch_nobodySpeaksForAnother() public {
        CallBatch.Item[] memory inner = new CallBatch.Item[](1);
        inner[0] = take(9);
        CallBatch.Item[] memory items = new CallBatch.Item[](2);
        items[0] = CallBatch.Item(address(callee), 500_000, abi.encodeCall(Callee.comeBack, (batch, inner)));
        items[1] = refuse(1);
        Outcome[] memory outcomes = run(items);
        eq(outcomes.length, 3, "one of them the callee's");
        eq(outcomes[0].caller, address(callee), "the callee's");
        eq(outcomes[1].caller, address(this), "ours");
        eq(outcomes[2].caller, address(this), "ours");
        check(!outcomes[2].success, "the refusal stands");
    }

    function test_batch_hasBounds() public {
        vm.expectRevert(abi.encodeWithSelector(CallBatch.WrongNumberOfItems.selector, 0, 64));
        batch.execute(new CallBatch.Item[](0));
        vm.expectRevert(abi.encodeWithSelector(CallBatch.WrongNumberOfItems.selector, 65, 64));
        batch.execute(new CallBatch.Item[](65));
    }

    function test_batch_keepsNothing() public {
        CallBatch.Item[] memory items = new CallBatch.Item[](1);
        items[0] = take(1);
        vm.record();
        batch.execute(items);
        (, bytes32[] memory writes) = vm.accesses(address(batch));
        eq(writes.length, 0, "writes");
        (bool paid,) = address(batch).call{value: 1}(abi.encodeCall(batch.execute, (items)));
        check(!paid, "takes no money");
    }
}
