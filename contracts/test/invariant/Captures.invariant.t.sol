// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAuthCaptureEscrow} from "../../src/capture/IAuthCaptureEscrow.sol";
import {Captures} from "../support/Captures.sol";
import {vm} from "../support/Vm.sol";

/// @notice A payer, a receiver, an arbiter and strangers who do with four payments what they like, in time or not.
contract CaptureBazaar is Captures {
    uint256 private constant PAYMENTS = 4;

    mapping(uint256 => bool) public fetched;
    /// @dev Whether the receiver ever got something that it may not have had.
    bool public early;

    constructor() {
        setUp();
    }

    function step(uint256 seed) external {
        uint256 number = seed % PAYMENTS;
        IAuthCaptureEscrow.PaymentInfo memory info = payment(number);
        address sender = [client.addr, payee.addr, judge.addr, stranger.addr][(seed >> 8) % 4];
        uint256 amount = within(seed >> 64, 0, PRICE + 1);
        uint256 before = usdc.balanceOf(payee.addr);
        (uint48 until, bool isFrozen,) = operator.holds(vault.getHash(info));
        bytes memory call = _call((seed >> 16) % 9, info, amount);
        if (call.length == 0) {
            vm.warp(now_() + within(seed >> 64, 1, 1 days));
            return;
        }
        vm.prank(sender);
        (bool ok,) = ((seed >> 16) % 9 == 7 ? address(vault) : address(operator)).call(call);
        if (ok && bytes4(call) == operator.authorize.selector) fetched[number] = true;
        bool paid = usdc.balanceOf(payee.addr) > before;
        bool due = sender == client.addr || sender == judge.addr || (now_() >= until && !isFrozen);
        if (paid && !due) early = true;
    }

    function _call(uint256 verb, IAuthCaptureEscrow.PaymentInfo memory info, uint256 amount)
        private
        view
        returns (bytes memory)
    {
        if (verb == 0) {
            return abi.encodeCall(operator.authorize, (info, PRICE, address(fetcher), signed(info)));
        }
        if (verb == 1) return abi.encodeCall(operator.freeze, (info));
        if (verb == 2) {
            return abi.encodeCall(operator.freezeWithSignature, (info, freezeSignature(client, info)));
        }
        if (verb == 3) return abi.encodeCall(operator.capture, (info, amount));
        if (verb == 4) return abi.encodeCall(operator.void, (info));
        if (verb == 5) return abi.encodeCall(operator.rule, (info, amount));
        if (verb == 6) return abi.encodeCall(operator.refund, (info, amount));
        if (verb == 7) return abi.encodeCall(vault.reclaim, (info));
        return "";
    }

    function conserved() external view {
        uint256 capturable;
        uint256 captured;
        for (uint256 i = 0; i < PAYMENTS; ++i) {
            (bool collected, uint120 held, uint120 refundable) = vault.paymentState(vault.getHash(payment(i)));
            eq(collected ? 1 : 0, fetched[i] ? 1 : 0, "only what was authorized is collected");
            check(uint256(held) + refundable <= PRICE, "no more than was signed for");
            capturable += held;
            captured += refundable;
        }
        has(PURSE - capturable - captured, captured, capturable);
        eq(usdc.allowance(address(operator), address(returner)), 0, "nothing stays approved");
        check(!early, "nobody is paid before his time");
    }
}

/// @notice Value is conserved, and a receiver is paid by the payer, by the arbiter or after an unused window alone.
contract CapturesInvariantTest {
    CaptureBazaar private bazaar;

    function setUp() public {
        bazaar = new CaptureBazaar();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(bazaar);
    }

    function targetSelectors() external view returns (Selectors[] memory targets) {
        targets = new Selectors[](1);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = CaptureBazaar.step.selector;
        targets[0] = Selectors(address(bazaar), selectors);
    }

    /// Four payments have few states, and each step signs.
    /// forge-config: ci.invariant.runs = 200
    function invariant_conserved() public view {
        bazaar.conserved();
    }

    struct Selectors {
        address target;
        bytes4[] selectors;
    }
}
