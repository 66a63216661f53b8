// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IArbitrableDeals} from "./IArbitrableDeals.sol";
import {IDealEscrow} from "./IDealEscrow.sol";

/// @title Credits
/// @notice Pays out, and keeps what could not be paid until its owner fetches it.
abstract contract Credits is ReentrancyGuardTransient, IDealEscrow {
    using SafeERC20 for IERC20;

    /// @notice The gas that a payout's transfer gets: never more, so that a receiver's hook cannot burn the
    /// transaction; never less, so that a relayer cannot starve a good payout into credit.
    uint256 public constant PAYOUT_GAS = 200_000;

    /// @dev What must be left for the transfer to get PAYOUT_GAS: a call may pass on 63/64 of what remains
    /// after a cold account and the call's own setup.
    uint256 private constant _GAS_FOR_PAYOUT = PAYOUT_GAS * 64 / 63 + 5_000;

    mapping(address token => mapping(address account => uint256)) private _credit;

    /// @inheritdoc IArbitrableDeals
    function withdraw(address token, address to) external nonReentrant returns (uint256 amount) {
        if (to == address(0) || to == address(this)) revert ForbiddenReceiver(to);
        amount = _credit[token][msg.sender];
        if (amount == 0) revert NoCredit(token, msg.sender);
        _credit[token][msg.sender] = 0;
        emit Withdrawn(token, msg.sender, to, amount);
        IERC20(token).safeTransfer(to, amount);
    }

    /// @inheritdoc IDealEscrow
    function credit(address token, address account) external view returns (uint256 amount) {
        return _credit[token][account];
    }

    /// @dev Takes a sum that its owner consented to out of its credit.
    function _debit(bytes32 dealId, address token, address account, uint256 amount) internal {
        if (amount == 0) return;
        uint256 have = _credit[token][account];
        if (have < amount) revert InsufficientCredit(token, account, have, amount);
        unchecked {
            _credit[token][account] = have - amount;
        }
        emit Debited(token, account, dealId, amount);
    }

    /// @dev Adds what came in from outside.
    function _addDeposit(address token, address account, uint256 amount) internal {
        _credit[token][account] += amount;
        emit Deposited(token, account, amount);
    }

    /// @dev Sends a sum; what the token refuses becomes credit, so that no receiver can block a leg.
    function _pay(bytes32 dealId, address token, address to, uint256 amount) internal {
        if (amount == 0) return;
        uint256 available = gasleft();
        if (available < _GAS_FOR_PAYOUT) revert InsufficientGas(available, _GAS_FOR_PAYOUT);
        if (!_transfer(token, to, amount)) _addCredit(dealId, token, to, amount);
    }

    /// @dev Sets a sum aside for an account.
    function _addCredit(bytes32 dealId, address token, address account, uint256 amount) internal {
        if (amount == 0) return;
        _credit[token][account] += amount;
        emit Credited(token, account, dealId, amount);
    }

    /// @dev True if the token has code and answers the transfer with nothing or with true. Copies 32 bytes
    /// of what it returns, however much that is.
    function _transfer(address token, address to, uint256 amount) private returns (bool done) {
        bytes memory data = abi.encodeCall(IERC20.transfer, (to, amount));
        uint256 gasGiven = PAYOUT_GAS;
        assembly ("memory-safe") {
            done := call(gasGiven, token, 0, add(data, 0x20), mload(data), 0, 0x20)
            if done {
                switch returndatasize()
                case 0 { done := gt(extcodesize(token), 0) }
                default { done := and(gt(returndatasize(), 0x1f), eq(mload(0), 1)) }
            }
        }
    }
}
